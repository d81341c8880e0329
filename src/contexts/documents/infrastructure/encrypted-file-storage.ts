import { createCipheriv, createDecipheriv, type DecipherGCM, randomBytes } from 'node:crypto';
import { type KeyRing } from '../../../platform/security/key-ring.js';
import { FileStorage } from '../application/ports/file-storage.js';

const MAGIC = Buffer.from('LKF1');
const NONCE_BYTES = 12;
const TAG_BYTES = 16;
const PURPOSE = 'documents.files';

/** The stored bytes are not what was written: another key, or changed on the disk. */
export class ChangedContent extends Error {}

/**
 * Encrypts on the way into another storage and decrypts on the way out (AES-256-GCM, key derived from the ring).
 * Stored as `LKF1`, length of the key id, key id, nonce, ciphertext, tag: the key ring can be rotated, the storage exchanged.
 */
export class EncryptedFileStorage extends FileStorage {
  constructor(
    private readonly inner: FileStorage,
    private readonly keyRing: KeyRing,
  ) {
    super();
  }

  override async put(key: string, content: AsyncIterable<Uint8Array>): Promise<number> {
    let bytes = 0;
    const counted = async function* () {
      for await (const chunk of content) {
        bytes += chunk.byteLength;
        yield chunk;
      }
    };
    await this.inner.put(key, this.sealed(key, counted()));
    return bytes;
  }

  override async read(key: string): Promise<AsyncIterable<Uint8Array> | null> {
    const sealed = await this.inner.read(key);
    return sealed && this.opened(key, sealed);
  }

  override remove(key: string): Promise<void> {
    return this.inner.remove(key);
  }

  override keysWrittenBefore(instant: Date): AsyncIterable<string> {
    return this.inner.keysWrittenBefore(instant);
  }

  /** Id of the data key that the bytes rest on; null when there is nothing under the key. Reads the header only. Throws ChangedContent. */
  async keyIdOf(key: string): Promise<string | null> {
    const sealed = await this.inner.read(key);
    if (!sealed) return null;
    const start = new SealedStart();
    for await (const chunk of sealed) if (start.add(chunk)) break;
    return start.keyId;
  }

  /**
   * Encrypts the bytes anew with the newest key when they rest on an older one; answers whether they did. Who reads them meanwhile reads
   * the former ones to their end. Bytes that cannot be opened throw and stay as they are.
   */
  async renew(key: string): Promise<boolean> {
    const keyId = await this.keyIdOf(key);
    if (keyId === null || keyId === this.keyRing.ids[0]) return false;
    const content = await this.read(key);
    if (content) await this.put(key, content);
    return content !== null;
  }

  /** The storage key is authenticated too: a file moved to another key does not open. */
  private async *sealed(key: string, content: AsyncIterable<Uint8Array>): AsyncIterable<Uint8Array> {
    const { id, secret } = this.keyRing.deriveKey(PURPOSE);
    const nonce = randomBytes(NONCE_BYTES);
    const cipher = createCipheriv('aes-256-gcm', secret, nonce).setAAD(Buffer.from(key));
    yield Buffer.concat([MAGIC, Buffer.from([id.length]), Buffer.from(id), nonce]);
    for await (const chunk of content) yield cipher.update(chunk);
    yield Buffer.concat([cipher.final(), cipher.getAuthTag()]);
  }

  private async *opened(key: string, sealed: AsyncIterable<Uint8Array>): AsyncIterable<Uint8Array> {
    let waiting: Buffer = Buffer.alloc(0);
    let decipher: DecipherGCM | undefined;
    for await (const chunk of sealed) {
      if (decipher && chunk.byteLength >= TAG_BYTES) {
        // What waited was no tag; nothing is copied but what may be one.
        yield decipher.update(waiting);
        yield decipher.update(chunk.subarray(0, -TAG_BYTES));
        waiting = Buffer.from(chunk.subarray(-TAG_BYTES));
        continue;
      }
      waiting = Buffer.concat([waiting, chunk]);
      if (!decipher) {
        const head = headerOf(waiting);
        if (!head) continue;
        const { secret } = this.keyRing.derivedKeyOf(head.keyId, PURPOSE);
        decipher = createDecipheriv('aes-256-gcm', secret, head.nonce).setAAD(Buffer.from(key));
        waiting = waiting.subarray(head.bytes);
      }
      if (waiting.length <= TAG_BYTES) continue;
      yield decipher.update(waiting.subarray(0, -TAG_BYTES));
      waiting = waiting.subarray(-TAG_BYTES);
    }
    if (!decipher || waiting.length !== TAG_BYTES) throw new ChangedContent(key);
    try {
      decipher.setAuthTag(waiting).final();
    } catch (cause) {
      throw new ChangedContent(key, { cause });
    }
  }
}

/** Waits for the header in the first bytes of a sealed file. */
export class SealedStart {
  private bytes: Buffer = Buffer.alloc(0);
  private head: string | null = null;

  /** Answers whether the header is there. Throws ChangedContent for bytes that no EncryptedFileStorage wrote. */
  add(chunk: Uint8Array): boolean {
    if (this.head === null) {
      this.bytes = Buffer.concat([this.bytes, chunk]);
      this.head = headerOf(this.bytes)?.keyId ?? null;
    }
    return this.head !== null;
  }

  /** Id of the data key. Throws ChangedContent when the file ended before its header did. */
  get keyId(): string {
    if (this.head === null) throw new ChangedContent('header');
    return this.head;
  }
}

/** Null until enough bytes have come. */
function headerOf(start: Buffer): { keyId: string; nonce: Buffer; bytes: number } | null {
  const idLength = start[MAGIC.length];
  const bytes = MAGIC.length + 1 + (idLength ?? 0) + NONCE_BYTES;
  if (idLength === undefined || start.length < bytes) return null;
  if (!start.subarray(0, MAGIC.length).equals(MAGIC)) throw new ChangedContent('header');
  const idEnd = MAGIC.length + 1 + idLength;
  return { keyId: start.subarray(MAGIC.length + 1, idEnd).toString(), nonce: start.subarray(idEnd, bytes), bytes };
}
