import { randomUUID } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { access, mkdir, open, readdir, rename, rm, stat } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { FileStorage, isStorageKey } from '../application/ports/file-storage.js';
import { FileNotFound } from '../domain/stored-file.errors.js';
import { asRefusal, writeContent } from './write-content.js';

const INCOMING = 'incoming';
/** Nobody writes to a half-written file for so long: a crash left it. */
const ABANDONED_MS = 3_600_000;
/** Each turn to the disk costs more than its bytes: a file of three megabytes is read in twelve. */
const READ_BYTES = 256 * 1024;

/**
 * Files in a folder of this machine, outside the web root, readable by our user only. A key becomes `ab/<key>` (its last two
 * characters), so that no folder grows without end; a file appears under its key whole or not at all.
 */
export class FileSystemFileStorage extends FileStorage {
  constructor(private readonly root: string) {
    super();
  }

  override async put(key: string, content: AsyncIterable<Uint8Array>): Promise<number> {
    const incoming = join(this.root, INCOMING, randomUUID());
    try {
      return await this.take(incoming, this.pathOf(key), content);
    } catch (error) {
      throw asRefusal(error);
    }
  }

  override async read(key: string): Promise<AsyncIterable<Uint8Array> | null> {
    const path = this.pathOf(key);
    return (await exists(path)) ? chunksOf(path) : null;
  }

  override async remove(key: string): Promise<void> {
    try {
      await rm(this.pathOf(key), { force: true });
    } catch (error) {
      throw asRefusal(error);
    }
  }

  /** Also clears away what a crash left half written. */
  override async *keysWrittenBefore(instant: Date): AsyncIterable<string> {
    await this.clearAbandoned();
    for (const folder of await namesIn(this.root)) {
      if (folder === INCOMING) continue;
      for (const name of await namesIn(join(this.root, folder)))
        if (isStorageKey(name) && (await isOlder(join(this.root, folder, name), instant))) yield name;
    }
  }

  private async take(incoming: string, path: string, content: AsyncIterable<Uint8Array>): Promise<number> {
    try {
      await using file = await inFolderOf(incoming, () => open(incoming, 'wx', 0o600));
      const bytes = await writeContent(file, content);
      await file.sync();
      await inFolderOf(path, () => rename(incoming, path));
      return bytes;
    } catch (error) {
      await rm(incoming, { force: true });
      throw error;
    }
  }

  private async clearAbandoned(): Promise<void> {
    const abandoned = new Date(Date.now() - ABANDONED_MS);
    for (const name of await namesIn(join(this.root, INCOMING))) {
      const path = join(this.root, INCOMING, name);
      if (await isOlder(path, abandoned)) await rm(path, { force: true });
    }
  }

  private pathOf(key: string): string {
    if (!isStorageKey(key)) throw new RangeError('Not a storage key');
    return join(this.root, key.slice(-2), key);
  }
}

/** Makes the folder of `path` where it is missing, which it almost never is, and does it again. */
async function inFolderOf<T>(path: string, act: () => Promise<T>): Promise<T> {
  try {
    return await act();
  } catch (error) {
    if (!isAbsent(error)) throw error;
    await mkdir(dirname(path), { recursive: true, mode: 0o700 });
    return act();
  }
}

const codeOf = (error: unknown): string => (error as NodeJS.ErrnoException).code ?? '';
const isAbsent = (error: unknown): boolean => codeOf(error) === 'ENOENT';

/**
 * Opened when the first byte is asked for, closed when the reader is done, also when it stops half way. Throws FileNotFound when
 * the file was removed before it was opened.
 */
async function* chunksOf(path: string): AsyncIterable<Uint8Array> {
  try {
    yield* createReadStream(path, { highWaterMark: READ_BYTES }) as AsyncIterable<Uint8Array>;
  } catch (error) {
    throw isAbsent(error) ? new FileNotFound() : asRefusal(error);
  }
}

async function exists(path: string): Promise<boolean> {
  try {
    await access(path);
    return true;
  } catch (error) {
    if (isAbsent(error)) return false;
    throw asRefusal(error);
  }
}

async function namesIn(path: string): Promise<string[]> {
  try {
    return (await readdir(path)).sort();
  } catch (error) {
    if (isAbsent(error) || codeOf(error) === 'ENOTDIR') return [];
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
