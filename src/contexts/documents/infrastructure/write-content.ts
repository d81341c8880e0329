import { type FileHandle } from 'node:fs/promises';
import { StorageUnavailable } from '../domain/stored-file.errors.js';

/** The disk takes nothing: full, broken, read-only, not ours. */
const REFUSALS = new Set(['EACCES', 'EDQUOT', 'EIO', 'ENOSPC', 'ENOTDIR', 'EPERM', 'EROFS']);

/** What is gathered before it is written: each turn to the disk costs more than its bytes. Fifty uploads at once hold 6 MB so. */
const GATHERED_BYTES = 128 * 1024;

/** Writes the stream into an open file, gathering small chunks, and answers how many bytes it was. An error of the stream comes through. */
export async function writeContent(file: FileHandle, content: AsyncIterable<Uint8Array>): Promise<number> {
  let bytes = 0;
  let gathered: Uint8Array[] = [];
  let waiting = 0;
  const write = async () => {
    await writeAll(file, gathered, waiting);
    gathered = [];
    waiting = 0;
  };
  for await (const chunk of content) {
    bytes += chunk.byteLength;
    waiting += chunk.byteLength;
    gathered.push(chunk);
    if (waiting >= GATHERED_BYTES) await write();
  }
  if (waiting > 0) await write();
  return bytes;
}

/** StorageUnavailable when the disk refused; any other error as it is. */
export const asRefusal = (error: unknown): unknown =>
  REFUSALS.has((error as NodeJS.ErrnoException).code ?? '') ? new StorageUnavailable(error) : error;

/** The disk may take less than it was given, when it is almost full. */
async function writeAll(file: FileHandle, chunks: readonly Uint8Array[], bytes: number): Promise<void> {
  const { bytesWritten } = await file.writev(chunks);
  if (bytesWritten < bytes) await file.appendFile(Buffer.concat(chunks).subarray(bytesWritten));
}
