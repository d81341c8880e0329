import { createHash, verify, X509Certificate } from 'node:crypto';
import { EsiaError } from './esia-error.js';

/** What a system registers with ESIA before its first request. */
export interface ClientRegistration {
  /** Mnemonic of the system. */
  readonly id: string;
  readonly certificatePem: string;
  readonly redirectUris: readonly string[];
}

/** Scopes granted to every client of the sandbox; a name outside the list is refused with ESIA-007006. */
const GRANTED_SCOPES = new Set(
  (
    'openid fullname birthdate birthplace gender citizenship snils inn email mobile contacts addresses usr_org ' +
    'id_doc foreign_passport_doc drivers_licence_doc medical_doc military_doc birth_cert_doc ' +
    'kid_fullname kid_birthdate kid_gender kid_snils kid_inn kid_birth_cert_doc kid_medical_doc'
  ).split(' '),
);
const GRANTED_ORGANIZATION_SCOPES = new Set(
  'org_fullname org_shortname org_ogrn org_inn org_kpp org_leg org_type org_ctts'.split(' '),
);

/** Requests older or newer than this are refused with ESIA-007015. */
const TIMESTAMP_WINDOW_MS = 5 * 60_000;

/** One registered system: proves that a request was signed by it. */
export class ClientSystem {
  readonly id: string;
  private readonly certificate: X509Certificate;

  constructor(private readonly registration: ClientRegistration) {
    this.id = registration.id;
    this.certificate = new X509Certificate(registration.certificatePem);
  }

  /**
   * Upper-case hex digest over the DER form. The real system takes GOST R 34.11-2012; the RSA profile of the sandbox takes
   * SHA-256, since Node has no GOST.
   */
  get certificateHash(): string {
    return createHash('sha256').update(this.certificate.raw).digest('hex').toUpperCase();
  }

  allowsRedirect(uri: string): boolean {
    return this.registration.redirectUris.includes(uri);
  }

  /** True for any page of the sites this system returns to. */
  owns(url: string): boolean {
    if (!URL.canParse(url)) return false;
    return this.registration.redirectUris.some((uri) => new URL(uri).origin === new URL(url).origin);
  }

  /** Throws ESIA-007013, 007006 for scopes nobody granted. */
  checkScopes(scope: string, organizationScope: string): void {
    const names = scope.split(' ').filter(Boolean);
    if (names.length === 0) throw new EsiaError('007013');
    if (!names.every((name) => GRANTED_SCOPES.has(name))) throw new EsiaError('007006');
    if (
      !organizationScope
        .split(' ')
        .filter(Boolean)
        .every((name) => GRANTED_ORGANIZATION_SCOPES.has(name))
    )
      throw new EsiaError('007006');
  }

  /**
   * Checks the signature over the UTF-8 parts joined without separators, in the order the call prescribes.
   * `certificateHash` says which certificate the client signed with.
   */
  checkSecret(parts: readonly string[], secret: string, certificateHash: string): void {
    if (certificateHash !== this.certificateHash) throw new EsiaError('007053');
    const signature = Buffer.from(secret, 'base64url');
    const message = Buffer.from(parts.join(''), 'utf8');
    if (!verify('sha256', message, this.certificate.publicKey, signature)) throw new EsiaError('007053');
  }
}

/** `yyyy.MM.dd HH:mm:ss +0300`, the offset without a colon. */
const TIMESTAMP = /^(\d{4})\.(\d{2})\.(\d{2}) (\d{2}):(\d{2}):(\d{2}) ([+-]\d{2})(\d{2})$/;

/** Throws ESIA-007014 for a malformed timestamp, 007015 for one outside the window. */
export function checkTimestamp(timestamp: string, now: Date): void {
  const parts = TIMESTAMP.exec(timestamp);
  if (!parts) throw new EsiaError('007014');
  const [, year, month, day, hour, minute, second, offsetHours, offsetMinutes] = parts;
  const instant = Date.parse(`${year}-${month}-${day}T${hour}:${minute}:${second}${offsetHours}:${offsetMinutes}`);
  if (Number.isNaN(instant)) throw new EsiaError('007014');
  if (Math.abs(now.getTime() - instant) > TIMESTAMP_WINDOW_MS) throw new EsiaError('007015');
}

/** Reads one-valued parameters: a missing one is ESIA-007014, a repeated one 007003. */
export function readParameters<Required extends string, Optional extends string>(
  source: unknown,
  required: readonly Required[],
  optional: readonly Optional[],
): Record<Required, string> & Record<Optional, string | undefined> {
  const values = (source ?? {}) as Record<string, unknown>;
  const result: Record<string, string | undefined> = {};
  for (const name of [...required, ...optional]) {
    const value = values[name];
    if (Array.isArray(value)) throw new EsiaError('007003');
    result[name] = typeof value === 'string' && value !== '' ? value : undefined;
  }
  for (const name of required) if (result[name] === undefined) throw new EsiaError('007014');
  return result as Record<Required, string> & Record<Optional, string | undefined>;
}
