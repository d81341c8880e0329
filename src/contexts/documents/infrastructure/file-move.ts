import { createHash, type Hash } from 'node:crypto';
import { type FileStorage } from '../application/ports/file-storage.js';
import { FileNotFound } from '../domain/stored-file.errors.js';

/** Files on their way at once; each waits for the network and the disk most of its time. */
const AT_ONCE = 8;
/** Later than anything was written, by whatever clock. */
const ALWAYS = new Date(8.64e15);

/** How far a move has come. */
export interface MoveProgress {
  /** Files found in the source when the move began; the product may remove some before their turn comes. */
  readonly found: number;
  /** Files brought to the target, verified there and removed from the source. */
  readonly moved: number;
  /** Of what was moved; the bytes as they are stored, encrypted. */
  readonly bytes: number;
  /** Files that are in both places with different content; both are left as they are. */
  readonly differing: readonly string[];
}

/** What was just written reads back differently: the target cannot be relied on. The file is still whole in the source. */
export class CopyDiffers extends Error {
  constructor(readonly key: string) {
    super(`The copy of ${key} reads back differently from what was written`);
  }
}

/**
 * Moves every file of one storage to another while the product works on both (`MovingFileStorage`). The bytes go as they are stored:
 * no key is needed, and none can be lost.
 *
 * It can be killed at any moment and begun again: a file leaves the source only after its copy was read back from the target and has
 * the same hash, so that at every moment one of the two holds it whole. What is already there is compared, not sent again. Several
 * moves at once do each other no harm.
 *
 * A file that the product removes while it is being copied may come to lie in the target. It stays removed all the same: what makes a
 * file somebody's is its record, which is deleted before its bytes are, and bytes without a record are erased by `SweepFiles`.
 * Erasing them here would be a guess: from here a file that was removed looks like one that another move has brought over.
 */
export class FileMove {
  private found = 0;
  private moved = 0;
  private bytes = 0;
  private readonly differing: string[] = [];

  /** `onProgress` is called after each file. */
  constructor(
    private readonly source: FileStorage,
    private readonly target: FileStorage,
    private readonly onProgress: (progress: MoveProgress) => void,
  ) {}

  /** Throws what a storage throws, after the files under way are finished: nothing is lost, and the next run goes on. */
  async run(): Promise<MoveProgress> {
    for await (const _key of this.source.keysWrittenBefore(ALWAYS)) this.found += 1;
    const keys = this.source.keysWrittenBefore(ALWAYS)[Symbol.asyncIterator]();
    let failed = false;
    const worker = async (): Promise<void> => {
      for (let next = await keys.next(); !next.done && !failed; next = await keys.next()) {
        await this.moveOne(next.value);
        this.onProgress(this.progress());
      }
    };
    const failing = (error: unknown) => {
      failed = true;
      throw error;
    };
    const outcomes = await Promise.allSettled(Array.from({ length: AT_ONCE }, () => worker().catch(failing)));
    for (const outcome of outcomes) if (outcome.status === 'rejected') throw outcome.reason;
    return this.progress();
  }

  /** FileNotFound: the product has removed it in the meantime. */
  private async moveOne(key: string): Promise<void> {
    try {
      const there = await fingerprintIn(this.target, key);
      const content = await this.source.read(key);
      if (!content) throw new FileNotFound();
      const here = there ? await fingerprintOf(content) : await this.copy(key, content);
      if (there && there.sha256 !== here.sha256) this.differing.push(key);
      else await this.letGo(key, here);
    } catch (error) {
      if (!(error instanceof FileNotFound)) throw error;
    }
  }

  private async letGo(key: string, { bytes }: Fingerprint): Promise<void> {
    await this.source.remove(key);
    this.moved += 1;
    this.bytes += bytes;
  }

  private async copy(key: string, content: AsyncIterable<Uint8Array>): Promise<Fingerprint> {
    const hash = createHash('sha256');
    const bytes = await this.target.put(key, hashed(content, hash));
    const copy = await fingerprintIn(this.target, key);
    if (!copy) throw new FileNotFound();
    if (copy.sha256 !== hash.digest('hex')) throw new CopyDiffers(key);
    return { bytes, sha256: copy.sha256 };
  }

  private progress(): MoveProgress {
    const { found, moved, bytes, differing } = this;
    return { found, moved, bytes, differing: [...differing] };
  }
}

interface Fingerprint {
  readonly bytes: number;
  readonly sha256: string;
}

async function fingerprintIn(storage: FileStorage, key: string): Promise<Fingerprint | null> {
  const content = await storage.read(key);
  return content && fingerprintOf(content);
}

async function fingerprintOf(content: AsyncIterable<Uint8Array>): Promise<Fingerprint> {
  const hash = createHash('sha256');
  let bytes = 0;
  for await (const chunk of hashed(content, hash)) bytes += chunk.byteLength;
  return { bytes, sha256: hash.digest('hex') };
}

/** Passes the content on as it is and puts it into the hash. */
export async function* hashed(content: AsyncIterable<Uint8Array>, hash: Hash): AsyncIterable<Uint8Array> {
  for await (const chunk of content) {
    hash.update(chunk);
    yield chunk;
  }
}
