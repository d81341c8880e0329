import { argon2, randomBytes, timingSafeEqual } from 'node:crypto';
import { promisify } from 'node:util';
import { Injectable } from '@nestjs/common';
import { PasswordHasher } from '../application/ports/password-hasher.js';

interface Cost {
  /** KiB. */
  readonly memory: number;
  readonly passes: number;
  readonly parallelism: number;
}

/** The OWASP minimum for Argon2id is 19 MiB and two passes; this is above it and still answers within a tenth of a second. */
const COST: Cost = { memory: 47_104, passes: 2, parallelism: 1 };
const SALT_BYTES = 16;
const TAG_BYTES = 32;
const PHC = /^\$argon2id\$v=19\$m=(\d+),t=(\d+),p=(\d+)\$([A-Za-z0-9+/]+)\$([A-Za-z0-9+/]+)$/;

const derive = promisify(argon2);
const unpadded = (bytes: Buffer): string => bytes.toString('base64').replace(/=+$/, '');

/** Argon2id in the PHC string format, so that the cost may grow while older hashes stay readable. */
@Injectable()
export class Argon2PasswordHasher extends PasswordHasher {
  private readonly nobodysHash = this.hash(randomBytes(SALT_BYTES).toString('hex'));

  override async hash(password: string): Promise<string> {
    const salt = randomBytes(SALT_BYTES);
    const tag = await this.tagOf(password, salt, COST, TAG_BYTES);
    return `$argon2id$v=19$m=${COST.memory},t=${COST.passes},p=${COST.parallelism}$${unpadded(salt)}$${unpadded(tag)}`;
  }

  override async matches(password: string, hash: string | null): Promise<boolean> {
    const [, memory, passes, parallelism, salt = '', expected = ''] = PHC.exec(hash ?? (await this.nobodysHash)) ?? [];
    const tag = Buffer.from(expected, 'base64');
    if (tag.length === 0) return false;
    const cost = { memory: Number(memory), passes: Number(passes), parallelism: Number(parallelism) };
    const actual = await this.tagOf(password, Buffer.from(salt, 'base64'), cost, tag.length);
    return timingSafeEqual(actual, tag) && hash !== null;
  }

  private tagOf(password: string, nonce: Buffer, cost: Cost, tagLength: number): Promise<Buffer> {
    return derive('argon2id', { message: password.normalize('NFC'), nonce, tagLength, ...cost });
  }
}
