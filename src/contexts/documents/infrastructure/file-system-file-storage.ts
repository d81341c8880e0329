import { createHash, randomUUID } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { access, mkdir, open, readdir, rename, rm, stat } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { FileStorage, type WrittenContent } from '../application/ports/file-storage.js';

const INCOMING = 'incoming';

/**
 * Files in a folder of this machine, outside the web root, readable by our user only. A key becomes `ab/<key>` (its last two
 * characters), so that no folder grows without end; a file appears under its key whole or not at all.
 */
export class FileSystemFileStorage extends FileStorage {
  constructor(private readonly root: string) {
    super();
  }

  override async put(key: string, content: AsyncIterable<Uint8Array>): Promise<WrittenContent> {
    const incoming = join(this.root, INCOMING, randomUUID());
    await makeFolder(dirname(incoming));
    const hash = createHash('sha256');
    let bytes = 0;
    try {
      await using file = await open(incoming, 'wx', 0o600);
      for await (const chunk of content) {
        hash.update(chunk);
        bytes += chunk.byteLength;
        await file.appendFile(chunk);
      }
      await file.sync();
      await makeFolder(dirname(this.pathOf(key)));
      await rename(incoming, this.pathOf(key));
    } catch (error) {
      await rm(incoming, { force: true });
      throw error;
    }
    return { bytes, sha256: hash.digest('hex') };
  }

  override async read(key: string): Promise<AsyncIterable<Uint8Array> | null> {
    const path = this.pathOf(key);
    return (await exists(path)) ? chunksOf(path) : null;
  }

  override async remove(key: string): Promise<void> {
    await rm(this.pathOf(key), { force: true });
  }

  /** Also clears away what a crash left half written. */
  override async *keysWrittenBefore(instant: Date): AsyncIterable<string> {
    for (const folder of await namesIn(this.root)) {
      for (const name of await namesIn(join(this.root, folder))) {
        const path = join(this.root, folder, name);
        if (!(await isOlder(path, instant))) continue;
        if (folder === INCOMING) await rm(path, { force: true });
        else yield name;
      }
    }
  }

  private pathOf(key: string): string {
    if (!/^[0-9a-f-]{8,64}$/.test(key)) throw new RangeError('Not a storage key');
    return join(this.root, key.slice(-2), key);
  }
}

const makeFolder = (path: string) => mkdir(path, { recursive: true, mode: 0o700 });

const isAbsent = (error: unknown): boolean => (error as NodeJS.ErrnoException).code === 'ENOENT';

/** Opened when the first byte is asked for, closed when the reader is done, also when it stops half way. */
async function* chunksOf(path: string): AsyncIterable<Uint8Array> {
  yield* createReadStream(path) as AsyncIterable<Uint8Array>;
}

async function exists(path: string): Promise<boolean> {
  try {
    await access(path);
    return true;
  } catch (error) {
    if (isAbsent(error)) return false;
    throw error;
  }
}

async function namesIn(path: string): Promise<string[]> {
  try {
    return (await readdir(path)).sort();
  } catch (error) {
    if (isAbsent(error) || (error as NodeJS.ErrnoException).code === 'ENOTDIR') return [];
    throw error;
  }
}

async function isOlder(path: string, instant: Date): Promise<boolean> {
  try {
    return (await stat(path)).mtime < instant;
  } catch (error) {
    if (isAbsent(error)) return false;
    throw error;
  }
}
