import { createPublicKey, type KeyObject } from 'node:crypto';
import { type JWTPayload, jwtVerify } from 'jose';
import { type Clock } from '../../../../kernel/clock.js';
import { UntrustedAnswer } from '../../domain/sign-in.errors.js';

const LEEWAY_SECONDS = 60;

export interface EsiaTokenSettings {
  /** Mnemonic of this system. */
  readonly clientId: string;
  /** Exact string, with http and the slash at the end. */
  readonly issuer: string;
  /** The certificate (or public key) ESIA signs its tokens with; there is no JWKS address. */
  readonly tokenCertPem: string;
}

/** What both tokens together say. */
export interface TokenFacts {
  readonly oid: string;
  readonly esiaSessionId: string;
  readonly accessTokenExpiresAt: Date;
}

/** Checks the tokens of ESIA: RS256 signature, issuer, audience, term. Nothing in them is believed before. */
export class EsiaTokens {
  private readonly key: KeyObject;

  constructor(
    private readonly settings: EsiaTokenSettings,
    private readonly clock: Clock,
  ) {
    this.key = createPublicKey(settings.tokenCertPem);
  }

  /** Throws UntrustedAnswer, also when the two tokens speak of different people. */
  async read(accessToken: string, idToken: string): Promise<TokenFacts> {
    const identity = await this.verified(idToken, this.settings.clientId);
    const access = await this.verified(accessToken, undefined);
    const oid = access['urn:esia:sbj_id'];
    const sessionId = access['urn:esia:sid'];
    const consistent =
      access.client_id === this.settings.clientId &&
      (typeof oid === 'number' || typeof oid === 'string') &&
      String(identity.sub) === String(oid) &&
      typeof sessionId === 'string' &&
      access.exp !== undefined;
    if (!consistent) throw new UntrustedAnswer();
    return { oid: String(oid), esiaSessionId: sessionId, accessTokenExpiresAt: new Date(Number(access.exp) * 1000) };
  }

  private async verified(token: string, audience: string | undefined): Promise<JWTPayload> {
    try {
      const { payload } = await jwtVerify(token, this.key, {
        algorithms: ['RS256'],
        issuer: this.settings.issuer,
        audience,
        clockTolerance: LEEWAY_SECONDS,
        currentDate: this.clock.now(),
        requiredClaims: ['exp', 'nbf'],
      });
      return payload;
    } catch {
      throw new UntrustedAnswer();
    }
  }
}
