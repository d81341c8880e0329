import { createPrivateKey, generateKeyPairSync, type KeyObject, randomUUID, X509Certificate } from 'node:crypto';
import { type JWTPayload, jwtVerify, SignJWT } from 'jose';
import { type TokenDefect } from './faults.js';
import { type EsiaPerson } from './person.js';
import { type ClientCredentials } from './client-certificate.js';

const ACCESS_TOKEN_SECONDS = 3600;
const CODE_SECONDS = 120;

/** What a person allowed a system to do. */
export interface Grant {
  readonly clientId: string;
  readonly person: EsiaPerson;
  readonly scope: string;
  readonly organizationScope: string;
  readonly sessionId: string;
  /** Instant of the sign-in with password. */
  readonly authenticatedAt: Date;
}

/** Signs and reads the tokens of ESIA (JWT, RS256). */
export class TokenIssuer {
  private readonly privateKey: KeyObject;
  private readonly publicKey: KeyObject;

  constructor(
    private readonly signing: ClientCredentials,
    private readonly issuer: string,
    private readonly now: () => Date,
  ) {
    this.privateKey = createPrivateKey(signing.privateKeyPem);
    this.publicKey = new X509Certificate(signing.certificatePem).publicKey;
  }

  /** The published certificate of ESIA: with it clients check signatures. */
  get certificatePem(): string {
    return this.signing.certificatePem;
  }

  /** The authorization code: itself a long JWT-like string. */
  async code(grant: Grant): Promise<string> {
    return this.sign(
      { jti: randomUUID(), client_id: grant.clientId, 'urn:esia:sid': grant.sessionId },
      'authorization_code',
      CODE_SECONDS,
    );
  }

  async accessToken(grant: Grant, defect?: TokenDefect): Promise<string> {
    return this.sign(
      {
        client_id: grant.clientId,
        scope: scopeOfToken(grant),
        'urn:esia:sid': grant.sessionId,
        'urn:esia:sbj_id': grant.person.oid,
      },
      'access',
      ACCESS_TOKEN_SECONDS,
      defect,
    );
  }

  async idToken(grant: Grant, defect?: TokenDefect): Promise<string> {
    const { oid, trusted } = grant.person;
    return this.sign(
      {
        aud: defect === 'audience' ? 'ANOTHER_SYSTEM' : grant.clientId,
        sub: oid as unknown as string, // ESIA writes a number here
        auth_time: Math.floor(grant.authenticatedAt.getTime() / 1000),
        amr: 'PWD',
        'urn:esia:amd': 'PWD',
        'urn:esia:sid': grant.sessionId,
        'urn:esia:sbj': {
          'urn:esia:sbj:typ': 'P',
          ...(trusted ? { 'urn:esia:sbj:is_tru': true } : {}),
          'urn:esia:sbj:oid': oid,
          'urn:esia:sbj:nam': `OID.${oid}`,
          'urn:esia:sbj:lvl': trusted ? 'PR' : 'P',
        },
      },
      'id',
      ACCESS_TOKEN_SECONDS,
      defect,
    );
  }

  /** Claims of a token of our own; throws for anything else. */
  async readAccessToken(token: string): Promise<{ oid: number; scope: string[] }> {
    const { payload } = await jwtVerify(token, this.publicKey, {
      algorithms: ['RS256'],
      issuer: this.issuer,
      currentDate: this.now(),
    });
    return { oid: payload['urn:esia:sbj_id'] as number, scope: (payload.scope as string).split(' ') };
  }

  private sign(claims: JWTPayload, kind: string, seconds: number, defect?: TokenDefect): Promise<string> {
    const issued = Math.floor(this.now().getTime() / 1000) - (defect === 'expired' ? seconds + 600 : 0);
    const key =
      defect === 'signature' ? generateKeyPairSync('rsa', { modulusLength: 2048 }).privateKey : this.privateKey;
    return new SignJWT({ ...claims, nbf: issued, iat: issued, exp: issued + seconds })
      .setProtectedHeader({ ver: 1, typ: 'JWT', sbt: kind, alg: 'RS256' })
      .setIssuer(defect === 'issuer' ? 'http://esia.example.invalid/' : this.issuer)
      .sign(key);
  }
}

/** Names as ESIA writes them into a token: `openid fullname?oid=1000123456 org_inn?org_oid=1000000901`. */
function scopeOfToken({ scope, organizationScope, person }: Grant): string {
  const personal = scope.split(' ').map((name) => (name === 'openid' ? name : `${name}?oid=${person.oid}`));
  const organizational = organizationScope
    .split(' ')
    .filter(Boolean)
    .flatMap((name) => person.roles.map((role) => `${name}?org_oid=${role.oid}`));
  return [...personal, ...organizational].join(' ');
}
