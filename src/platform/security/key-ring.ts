import { createCipheriv, createDecipheriv, createHmac, hkdfSync, randomBytes } from 'node:crypto';

/** The stored text names a key that is not in the ring, or was changed after it was written. */
export class UndecipherableText extends Error {}

interface Key {
  readonly id: string;
  readonly secret: Buffer;
}

const checkValue = (secret: Buffer): string => createHmac('sha256', secret).update('check value').digest('hex').slice(0, 32);

/**
 * Keys for personal data at rest. Encrypts with the first key, decrypts with the one whose id the text carries
 * (`v1.<key id>.<nonce>.<tag>.<ciphertext>`, AES-256-GCM), so that keys can be rotated while the product runs.
 */
export class KeyRing {
  private static ring: KeyRing | undefined;
  private readonly keys: readonly Key[];
  private readonly indexKey: Buffer;

  /**
   * `keys` newest first, 32 bytes each in base64. The blind index has a key of its own, which never changes; where none is given it rests
   * on the oldest key, which then has to stay in the ring for ever.
   */
  constructor(keys: readonly { readonly id: string; readonly base64: string }[], indexKey?: string) {
    this.keys = keys.map(({ id, base64 }) => ({ id, secret: Buffer.from(base64, 'base64') }));
    const oldest = keys.at(-1);
    if (!oldest || this.keys.some((key) => key.secret.length !== 32)) throw new RangeError('A key ring needs keys of 32 bytes');
    this.indexKey = Buffer.from(indexKey ?? KeyRing.indexKeyOf(oldest.base64), 'base64');
  }

  /** The index key that look-ups rest on where the key `oldest` (base64) is the oldest and no other is given; in base64. */
  static indexKeyOf(oldest: string): string {
    return Buffer.from(hkdfSync('sha256', Buffer.from(oldest, 'base64'), '', 'blind-index', 32)).toString('base64');
  }

  /** Ids of the keys, the one that encrypts first. */
  get ids(): readonly string[] {
    return this.keys.map(({ id }) => id);
  }

  /** Values that tell keys apart and give nothing of them away; null for a key that is not in the ring. */
  checkValueOf(id: string): string | null {
    const key = this.keys.find((candidate) => candidate.id === id);
    return key ? checkValue(key.secret) : null;
  }

  /** As checkValueOf, of the key that look-ups rest on. */
  get indexCheckValue(): string {
    return checkValue(this.indexKey);
  }

  /** Id of the key that a stored text was encrypted with. Throws UndecipherableText for what is no such text. */
  static keyIdOf(stored: string): string {
    const [version, id] = stored.split('.');
    if (version !== 'v1' || !id) throw new UndecipherableText('Not an encrypted text');
    return id;
  }

  /** Column types are made by the ORM without injection; the ring of the process is set once at start. */
  static install(ring: KeyRing): void {
    KeyRing.ring = ring;
  }

  static installed(): KeyRing {
    if (!KeyRing.ring) throw new Error('The key ring is not installed yet');
    return KeyRing.ring;
  }

  encrypt(text: string): string {
    const key = this.keys[0]!;
    const nonce = randomBytes(12);
    const cipher = createCipheriv('aes-256-gcm', key.secret, nonce);
    const body = Buffer.concat([cipher.update(text, 'utf8'), cipher.final()]);
    return ['v1', key.id, nonce.toString('base64url'), cipher.getAuthTag().toString('base64url'), body.toString('base64url')].join('.');
  }

  /** Throws UndecipherableText. */
  decrypt(stored: string): string {
    const [version, id, nonce, tag, body] = stored.split('.');
    const key = this.keys.find((candidate) => candidate.id === id);
    if (version !== 'v1' || !key || !nonce || !tag || body === undefined) throw new UndecipherableText(`Unknown key ${id ?? ''}`);
    const decipher = createDecipheriv('aes-256-gcm', key.secret, Buffer.from(nonce, 'base64url'));
    decipher.setAuthTag(Buffer.from(tag, 'base64url'));
    try {
      return Buffer.concat([decipher.update(Buffer.from(body, 'base64url')), decipher.final()]).toString('utf8');
    } catch (cause) {
      throw new UndecipherableText('The stored text was changed', { cause });
    }
  }

  /** Same value and purpose, same hex digest: lets an encrypted value be looked up. `purpose` keeps columns apart. */
  blindIndex(purpose: string, value: string): string {
    return createHmac('sha256', this.indexKey).update(purpose).update('\0').update(value).digest('hex');
  }

  /** A key of its own for another use (file encryption, tokens), derived from the newest key. */
  deriveKey(purpose: string): { readonly id: string; readonly secret: Buffer } {
    return this.derivedFrom(this.keys[0]!, purpose);
  }

  /** The derived key of an earlier key id. Throws UndecipherableText for an unknown one. */
  derivedKeyOf(id: string, purpose: string): { readonly id: string; readonly secret: Buffer } {
    const key = this.keys.find((candidate) => candidate.id === id);
    if (!key) throw new UndecipherableText(`Unknown key ${id}`);
    return this.derivedFrom(key, purpose);
  }

  private derivedFrom(key: Key, purpose: string) {
    return { id: key.id, secret: Buffer.from(hkdfSync('sha256', key.secret, '', purpose, 32)) };
  }
}
