import { EsiaError } from './esia-error.js';
import { type Grant, type TokenIssuer } from './tokens.js';

const LIFETIME_MS = 2 * 60_000;

/** Authorization codes: each may be exchanged once, soon, by the system it was given to. */
export class Codes {
  private readonly issued = new Map<string, { grant: Grant; redirectUri: string; expiresAt: number }>();

  constructor(
    private readonly tokens: TokenIssuer,
    private readonly now: () => Date,
  ) {}

  async issue(grant: Grant, redirectUri: string): Promise<string> {
    const code = await this.tokens.code(grant);
    this.issued.set(code, { grant, redirectUri, expiresAt: this.now().getTime() + LIFETIME_MS });
    return code;
  }

  /** Uses the code up. Throws ESIA-007011 for one that is unknown, used, too old or of another request. */
  redeem(code: string, clientId: string, redirectUri: string): Grant {
    const entry = this.issued.get(code);
    this.issued.delete(code);
    const valid =
      entry?.grant.clientId === clientId && entry.redirectUri === redirectUri && entry.expiresAt > this.now().getTime();
    if (!entry || !valid) throw new EsiaError('007011');
    return entry.grant;
  }
}
