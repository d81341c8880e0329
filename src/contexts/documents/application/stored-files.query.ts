import { Query } from '@nestjs/cqrs';
import { type StoredFileInfo } from './attachable-files.query.js';

/**
 * What is known of these files, own ones and those of electronic documents kept in the cabinet; any other is left out, and so are those in
 * which a virus was found. Order follows `fileIds`.
 */
export class StoredFilesQuery extends Query<readonly StoredFileInfo[]> {
  constructor(
    readonly ownerId: string,
    readonly fileIds: readonly string[],
  ) {
    super();
  }
}

/**
 * The bytes of a file, as uploaded. Null when there is none. The caller has checked who may read it. Throws FileInQuarantine while the
 * virus scanner has not answered, FileInfected when it has found something.
 */
export class FileContentQuery extends Query<{
  readonly info: StoredFileInfo;
  readonly content: AsyncIterable<Uint8Array>;
} | null> {
  constructor(readonly fileId: string) {
    super();
  }
}
