import { type ScanState, type StoredFile } from './stored-file.js';

export abstract class StoredFileRepository {
  /**
   * Keeps a new record. When its owner already keeps the very same bytes the record shares them and comes to have another `contentId`.
   * Throws QuotaExceeded, keeping nothing, when bytes that are new would pass `maxOwnerBytes`; bytes shared by several records count once,
   * and files held by somebody other than a draft (by an application) are not counted.
   */
  abstract add(file: StoredFile, maxOwnerBytes: number): Promise<void>;
  /** Those of `fileIds` that the owner has, in that order. */
  abstract ownedBy(ownerId: string, fileIds: readonly string[]): Promise<StoredFile[]>;
  /**
   * Nothing removes these files while `holder` stands. Repeating it changes nothing. Throws FileNotFound for one that is gone,
   * FileInQuarantine or FileInfected for one that may not be sent.
   */
  abstract hold(holder: string, fileIds: readonly string[]): Promise<void>;
  /** Takes every hold of `holder` off. Repeating it changes nothing. */
  abstract release(holder: string): Promise<void>;
  /** Forgets files stored before that instant which no document, decision or holder needs, at most `limit`; returns their contents. */
  abstract forgetUnclaimed(storedBefore: Date, limit: number): Promise<string[]>;
  /** Those of the contents that some record still needs; those of infected files are needed by nobody. */
  abstract neededContents(contentIds: readonly string[]): Promise<string[]>;
  /** Contents of files in that state, ordered, those after `after`, at most `limit`. */
  abstract contentsIn(state: ScanState, after: string | null, limit: number): Promise<string[]>;
  /** The records that share the content and had no verdict take this one. */
  abstract judge(contentId: string, verdict: Exclude<ScanState, 'PENDING'>): Promise<void>;
}
