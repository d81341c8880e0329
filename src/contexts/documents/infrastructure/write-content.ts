import { createHash } from 'node:crypto';
import { type FileHandle } from 'node:fs/promises';
import { type WrittenContent } from '../application/ports/file-storage.js';
import { StorageUnavailable } from '../domain/stored-file.errors.js';

/** The disk takes nothing: full, broken, read-only, not ours. */
const REFUSALS = new Set(['EACCES', 'EDQUOT', 'EIO', 'ENOSPC', 'ENOTDIR', 'EPERM', 'EROFS']);

/** Writes the stream into an open file, chunk by chunk. An error of the stream comes through. */
export async function writeContent(file: FileHandle, content: AsyncIterable<Uint8Array>): Promise<WrittenContent> {
  const hash = createHash('sha256');
  let bytes = 0;
  for await (const chunk of content) {
    hash.update(chunk);
    bytes += chunk.byteLength;
    await file.appendFile(chunk);
  }
  return { bytes, sha256: hash.digest('hex') };
}

/** StorageUnavailable when the disk refused to write; any other error as it is. */
export const asRefusal = (error: unknown): unknown =>
  REFUSALS.has((error as NodeJS.ErrnoException).code ?? '') ? new StorageUnavailable(error) : error;
