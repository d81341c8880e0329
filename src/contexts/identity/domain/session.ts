import { expiryOf } from './session-lifetime.js';

/** The right to read the person at ESIA, given at sign-in. */
export interface EsiaAccessGrant {
  readonly accessToken: string;
  readonly accessTokenExpiresAt: Date;
  /** Id of the sign-in at ESIA (`urn:esia:sid`); ГИС ГМП asks for it with tax debts. */
  readonly esiaSessionId: string;
}

/** One browser of a signed-in citizen. Known by the hash of a secret that only the browser holds. */
export class Session {
  private endedAt: Date | null = null;
  /** Moved forward by the look-up of each request, not through this class. */
  private readonly lastSeenAt: Date;
  private readonly expiresAt: Date;
  private accessToken: string | null;
  private readonly accessTokenExpiresAt: Date;
  private readonly esiaSessionId: string;

  private constructor(
    readonly id: string,
    readonly accountId: string,
    readonly tokenHash: string,
    readonly openedAt: Date,
    access: EsiaAccessGrant,
  ) {
    this.lastSeenAt = openedAt;
    this.expiresAt = expiryOf(openedAt);
    this.accessToken = access.accessToken;
    this.accessTokenExpiresAt = access.accessTokenExpiresAt;
    this.esiaSessionId = access.esiaSessionId;
  }

  static open(id: string, accountId: string, tokenHash: string, access: EsiaAccessGrant, now: Date): Session {
    return new Session(id, accountId, tokenHash, now, access);
  }

  /** Forgets the token of ESIA with it. Ending twice changes nothing. */
  end(now: Date): void {
    this.endedAt ??= now;
    this.accessToken = null;
  }

  get ended(): boolean {
    return this.endedAt !== null;
  }
}
