/** Where the bytes of files are. Keys are random ids made by us, never names given by people. */
export abstract class FileStorage {
  /**
   * Writes `content` under a key that is not in use, and returns when it is durable. When `content` throws, its error comes
   * through and nothing is left.
   */
  abstract put(key: string, content: AsyncIterable<Uint8Array>): Promise<WrittenContent>;
  /** The bytes as they were put; null when there is nothing under the key. Throws while reading when they were changed since. */
  abstract read(key: string): Promise<AsyncIterable<Uint8Array> | null>;
  /** Repeating it changes nothing. */
  abstract remove(key: string): Promise<void>;
  /** Keys written before that instant, in no order. */
  abstract keysWrittenBefore(instant: Date): AsyncIterable<string>;
}

/** What went into the storage: its length and its SHA-256 in hex. */
export interface WrittenContent {
  readonly bytes: number;
  readonly sha256: string;
}
