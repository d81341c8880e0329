import { Type } from '@mikro-orm/core';
import { KeyRing } from '../security/key-ring.js';

/**
 * A column that is encrypted at rest. Two encryptions of one value differ, so the ORM's comparison of stored values is
 * replaced by one of the plain texts: otherwise every loaded row would be written back.
 */
export abstract class Encrypted<T> extends Type<T | null, string | null> {
  protected abstract toText(value: T): string;
  protected abstract fromText(text: string): T;

  override convertToDatabaseValue(value: T | null | undefined): string | null {
    return value === null || value === undefined ? null : KeyRing.installed().encrypt(this.toText(value));
  }

  override convertToJSValue(value: string | null | undefined): T | null {
    return value === null || value === undefined ? null : this.fromText(KeyRing.installed().decrypt(value));
  }

  override compareValues(a: string | null, b: string | null): boolean {
    if (a === b) return true;
    if (!a || !b) return false;
    const ring = KeyRing.installed();
    return ring.decrypt(a) === ring.decrypt(b);
  }

  override compareAsType(): string {
    return 'string';
  }

  override ensureComparable(): boolean {
    return false;
  }

  override getColumnType(): string {
    return 'text';
  }
}

/** Text encrypted at rest; it cannot be searched by value: keep a blind index beside it where a look-up is needed. */
export class EncryptedText extends Encrypted<string> {
  protected override toText(value: string): string {
    return value;
  }

  protected override fromText(text: string): string {
    return text;
  }
}

/** Any JSON value encrypted as text: requisites, answers, contacts. */
export class EncryptedJson<T = unknown> extends Encrypted<T> {
  protected override toText(value: T): string {
    return JSON.stringify(value);
  }

  protected override fromText(text: string): T {
    return JSON.parse(text) as T;
  }
}
