import { type StoredFile } from './stored-file.js';

export abstract class StoredFileRepository {
  abstract add(file: StoredFile): Promise<void>;
  /** Those of `fileIds` that the owner has, in that order. */
  abstract ownedBy(ownerId: string, fileIds: readonly string[]): Promise<StoredFile[]>;
  /** Bytes the owner keeps; files held by somebody other than a draft (by an application) are not counted. */
  abstract bytesOf(ownerId: string): Promise<number>;
  /** Nothing removes these files while `holder` stands. Repeating it changes nothing. Throws FileNotFound for one that is gone. */
  abstract hold(holder: string, fileIds: readonly string[]): Promise<void>;
  /** Takes every hold of `holder` off. Repeating it changes nothing. */
  abstract release(holder: string): Promise<void>;
  /** Forgets files stored before that instant which no document, decision or holder needs; returns their ids, at most `limit`. */
  abstract forgetUnclaimed(storedBefore: Date, limit: number): Promise<string[]>;
  /** Those of `ids` that are stored files. */
  abstract known(ids: readonly string[]): Promise<string[]>;
}
