import { AggregateRoot } from '../../../kernel/aggregate-root.js';
import { FILE_FORMATS } from './file-format.js';
import { type FileName } from './file-name.js';
import { FileInfected, FileInQuarantine } from './stored-file.errors.js';
import { FileFoundInfected } from './stored-file.events.js';

/**
 * What is known of viruses: NOT_SCANNED, no scanner is set up; PENDING, in quarantine until the scanner answers; CLEAN; INFECTED, and
 * the bytes are erased.
 */
export type ScanState = 'NOT_SCANNED' | 'PENDING' | 'CLEAN' | 'INFECTED';

/** Bytes in the storage and what is known of them. */
export type KeptContent = Pick<StoredFile, 'contentId' | 'scan'>;

/** Throws FileInQuarantine or FileInfected for a file that nobody may read or send. */
export function requireReadable(scan: ScanState): void {
  if (scan === 'PENDING') throw new FileInQuarantine();
  if (scan === 'INFECTED') throw new FileInfected();
}

/** One accepted upload. Its bytes never change: what is signed or sent stays byte for byte. Equal files of one owner share them. */
export class StoredFile extends AggregateRoot {
  private constructor(
    readonly id: string,
    /** Account of a citizen, or a member of staff. */
    readonly ownerId: string,
    private content: string,
    readonly name: string,
    readonly extension: string,
    readonly mediaType: string,
    readonly bytes: number,
    /** Hex. */
    readonly sha256: string,
    private scanState: ScanState,
    readonly storedAt: Date,
  ) {
    super();
  }

  /** The bytes lie in the storage under the id of the record. */
  static accept(
    id: string,
    ownerId: string,
    name: FileName,
    content: { readonly bytes: number; readonly sha256: string; readonly scan: ScanState },
    now: Date,
  ): StoredFile {
    const { bytes, sha256, scan } = content;
    const mediaType = FILE_FORMATS[name.extension];
    return new StoredFile(id, ownerId, id, name.text, name.extension, mediaType, bytes, sha256, scan, now);
  }

  /** Key of the bytes in the storage. */
  get contentId(): string {
    return this.content;
  }

  get scan(): ScanState {
    return this.scanState;
  }

  /** Keeps the bytes of an equal file in place of its own; what the scanner said of those holds for this one, too. */
  shareContentOf(twin: KeptContent): void {
    this.content = twin.contentId;
    if (twin.scan === 'CLEAN') this.scanState = 'CLEAN';
  }

  /** Takes the word of the scanner, or of its absence. Repeating it changes nothing. */
  judge(verdict: Exclude<ScanState, 'PENDING'>): void {
    if (this.scanState === verdict) return;
    this.scanState = verdict;
    if (verdict === 'INFECTED') this.record(new FileFoundInfected(this.id, this.ownerId));
  }
}
