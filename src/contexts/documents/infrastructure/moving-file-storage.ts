import { FileStorage } from '../application/ports/file-storage.js';
import { FileNotFound } from '../domain/stored-file.errors.js';

/**
 * Two storages as one for the time files are moved from the one to the other: new files go to the target; what is read is looked for
 * there first. However far the move has come, and whoever carries it out, every file is found.
 */
export class MovingFileStorage extends FileStorage {
  constructor(
    private readonly target: FileStorage,
    private readonly source: FileStorage,
  ) {
    super();
  }

  /** The source lets go of a file that is replaced: its former content is not what is to be moved any more. */
  override async put(key: string, content: AsyncIterable<Uint8Array>): Promise<number> {
    const bytes = await this.target.put(key, content);
    await this.source.remove(key);
    return bytes;
  }

  override async read(key: string): Promise<AsyncIterable<Uint8Array> | null> {
    const moved = await this.target.read(key);
    if (moved) return moved;
    const waiting = await this.source.read(key);
    // Between the two questions it may have been moved.
    return waiting ? this.evenIfMovedNow(key, waiting) : this.target.read(key);
  }

  /** The source first: what is moved after that comes from a reading that is older, and is swept as a file without a record. */
  override async remove(key: string): Promise<void> {
    await this.source.remove(key);
    await this.target.remove(key);
  }

  /** The source first: what leaves it meanwhile is met in the target. */
  override async *keysWrittenBefore(instant: Date): AsyncIterable<string> {
    yield* this.source.keysWrittenBefore(instant);
    yield* this.target.keysWrittenBefore(instant);
  }

  /** A storage that opens a file late finds it gone when it was moved in between. */
  private async *evenIfMovedNow(key: string, waiting: AsyncIterable<Uint8Array>): AsyncIterable<Uint8Array> {
    try {
      yield* waiting;
    } catch (error) {
      const moved = error instanceof FileNotFound ? await this.target.read(key) : null;
      if (!moved) throw error;
      yield* moved;
    }
  }
}
