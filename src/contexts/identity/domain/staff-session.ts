import { expiryOf } from './session-lifetime.js';

/** One browser of a signed-in member of staff. */
export class StaffSession {
  private endedAt: Date | null = null;
  /** Moved forward by the look-up of each request, not through this class. */
  private readonly lastSeenAt: Date;
  private readonly expiresAt: Date;

  private constructor(
    readonly id: string,
    readonly staffId: string,
    readonly tokenHash: string,
    readonly openedAt: Date,
  ) {
    this.lastSeenAt = openedAt;
    this.expiresAt = expiryOf(openedAt);
  }

  static open(id: string, staffId: string, tokenHash: string, now: Date): StaffSession {
    return new StaffSession(id, staffId, tokenHash, now);
  }

  /** Ending twice changes nothing. */
  end(now: Date): void {
    this.endedAt ??= now;
  }

  get ended(): boolean {
    return this.endedAt !== null;
  }
}
