import { type StoredFileInfo } from '../application/attachable-files.query.js';
import { type ScanState } from '../domain/stored-file.js';

/** A row of `documents.stored_file` as the questions read it. */
export interface FileRow {
  readonly id: string;
  readonly name: string;
  readonly extension: string;
  readonly media_type: string;
  readonly bytes: number;
  readonly sha256: string;
  readonly scan: ScanState;
}

export const FILE_COLUMNS = 'f.id, f.name, f.extension, f.media_type, f.bytes, f.sha256, f.scan';

export const toFileInfo = ({ id, name, extension, media_type, bytes, sha256, scan }: FileRow): StoredFileInfo => ({
  fileId: id,
  name,
  extension,
  mediaType: media_type,
  bytes,
  sha256,
  scan,
});
