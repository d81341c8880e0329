import { FILE_FORMATS } from './file-format.js';
import { type FileName } from './file-name.js';

/** Whether a virus scanner has seen the file. Only NOT_SCANNED (no scanner is set up) and CLEAN ones may be given out or attached. */
export type ScanState = 'NOT_SCANNED' | 'PENDING' | 'CLEAN' | 'INFECTED';

/** One accepted upload. Never changes: what is signed or sent stays byte for byte. */
export class StoredFile {
  private constructor(
    readonly id: string,
    /** Account of a citizen, or a member of staff. */
    readonly ownerId: string,
    readonly name: string,
    readonly extension: string,
    readonly mediaType: string,
    readonly bytes: number,
    /** Hex. */
    readonly sha256: string,
    readonly scan: ScanState,
    readonly storedAt: Date,
  ) {}

  static accept(
    id: string,
    ownerId: string,
    name: FileName,
    content: { readonly bytes: number; readonly sha256: string; readonly scan: ScanState },
    now: Date,
  ): StoredFile {
    const mediaType = FILE_FORMATS[name.extension];
    return new StoredFile(
      id,
      ownerId,
      name.text,
      name.extension,
      mediaType,
      content.bytes,
      content.sha256,
      content.scan,
      now,
    );
  }
}
