import { createHash, randomBytes } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { SessionTokens } from '../application/ports/session-tokens.js';

/** A plain SHA-256 is enough for a secret of 256 random bits: there is nothing to guess. */
@Injectable()
export class RandomSessionTokens extends SessionTokens {
  override issue(): { token: string; hash: string } {
    const token = randomBytes(32).toString('base64url');
    return { token, hash: this.hashOf(token) };
  }

  override hashOf(token: string): string {
    return createHash('sha256').update(token).digest('base64url');
  }
}
