import { MAX_FILE_BYTES } from '../domain/file-format.js';
import { FileTooLarge } from '../domain/stored-file.errors.js';

/** Eighteen megabytes, for all uploads of this process. */
const PLACES = 6;
/** As long as places come back in such a time, the next is worth waiting for; else their holders are slow, and nobody waits for those. */
const PATIENCE_MS = 250;
const PIECE_BYTES = 256 * 1024;

/**
 * Memory for uploads, each place as large as the largest file: what is held whole while it is looked at need not be read back from the
 * storage. Its size is fixed, however many upload at once; who gets no place goes by way of the storage.
 */
export class UploadPlaces {
  private readonly free: UploadPlace[] = [];
  private readonly waiting: ((place: UploadPlace | null) => void)[] = [];
  private patience: NodeJS.Timeout | undefined;
  private made = 0;

  /** Null when no place comes back in time. One that was given has to come back by `leave`. */
  async take(): Promise<UploadPlace | null> {
    const place = this.free.pop();
    if (place) return place;
    if (this.made < PLACES) {
      this.made += 1;
      return new UploadPlace();
    }
    const { promise, resolve } = Promise.withResolvers<UploadPlace | null>();
    this.waiting.push(resolve);
    this.patience ??= setTimeout(() => this.stopWaiting(), PATIENCE_MS);
    return promise;
  }

  /** Nobody may read from the place any more: the next upload is written into it. */
  leave(place: UploadPlace): void {
    const next = this.waiting.shift();
    if (next) next(place);
    else this.free.push(place);
    if (this.waiting.length > 0) this.patience?.refresh();
    else this.stopWaiting();
  }

  private stopWaiting(): void {
    clearTimeout(this.patience);
    this.patience = undefined;
    for (const goOn of this.waiting.splice(0)) goOn(null);
  }
}

export class UploadPlace {
  private readonly memory = new Uint8Array(MAX_FILE_BYTES);
  private bytes = 0;

  /** Takes the whole upload in the place of the former one. Throws FileTooLarge. */
  async fill(content: AsyncIterable<Uint8Array>): Promise<void> {
    this.bytes = 0;
    for await (const chunk of content) {
      if (this.bytes + chunk.byteLength > MAX_FILE_BYTES) throw new FileTooLarge(MAX_FILE_BYTES);
      this.memory.set(chunk, this.bytes);
      this.bytes += chunk.byteLength;
    }
  }

  /** What it was filled with, from the beginning; good until the place is left. */
  async *content(): AsyncIterable<Uint8Array> {
    for (let at = 0; at < this.bytes; at += PIECE_BYTES)
      yield await Promise.resolve(this.memory.subarray(at, Math.min(at + PIECE_BYTES, this.bytes)));
  }
}
