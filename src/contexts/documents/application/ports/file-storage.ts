/** Where the bytes of files are. Keys are random ids made by us, never names given by people (`isStorageKey`). */
export abstract class FileStorage {
  /**
   * Writes `content` under the key, and answers how many bytes it was when it is durable. A key in use is replaced whole: whoever reads
   * the former content reads on to its end or fails, and never gets parts of both. When `content` throws, its error comes through and
   * nothing changes. Who gave the chunks may use their memory again
   * once it is answered.
   * Throws StorageUnavailable when the storage does not take it.
   */
  abstract put(key: string, content: AsyncIterable<Uint8Array>): Promise<number>;
  /**
   * The bytes as they were put; null when there is nothing under the key. Throws StorageUnavailable when the storage does not
   * answer; throws while reading when it breaks off or the bytes were changed since.
   */
  abstract read(key: string): Promise<AsyncIterable<Uint8Array> | null>;
  /** Repeating it changes nothing. Throws StorageUnavailable. */
  abstract remove(key: string): Promise<void>;
  /** Keys written before that instant, in no order; while files are moved one may come twice. Throws StorageUnavailable. */
  abstract keysWrittenBefore(instant: Date): AsyncIterable<string>;
}

/** Whether it can be a key: hexadecimal digits and dashes only, so that it means nothing to any storage. */
export const isStorageKey = (key: string): boolean => /^[0-9a-f-]{8,64}$/.test(key);
