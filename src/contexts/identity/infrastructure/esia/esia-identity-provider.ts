import { randomUUID } from 'node:crypto';
import { type Clock } from '../../../../kernel/clock.js';
import { LEGAL_TIME_ZONE } from '../../../../kernel/legal-day.js';
import {
  type AuthorizationAnswer,
  IdentityProvider,
  type ProvenIdentity,
} from '../../application/ports/identity-provider.js';
import { displayNameOf } from '../../domain/display-name.js';
import { levelOf } from '../../domain/esia-level.js';
import {
  ClockSkewed,
  ConsentRefused,
  IdentityProviderRefused,
  IdentityProviderUnavailable,
  SignInStale,
  UntrustedAnswer,
} from '../../domain/sign-in.errors.js';
import { type EsiaClient } from './esia-client.js';
import { type EsiaTokens } from './esia-tokens.js';
import { type RequestSigner } from './request-signer.js';

/** Everything the cabinet shows of a person: asked once, since every scope is granted by application (§1.9). */
const SCOPE =
  'openid fullname birthdate birthplace gender snils inn id_doc foreign_passport_doc drivers_licence_doc medical_doc ' +
  'military_doc email mobile contacts addresses usr_org ' +
  'kid_fullname kid_birthdate kid_gender kid_snils kid_inn kid_birth_cert_doc kid_medical_doc';
const ORGANIZATION_SCOPE = 'org_fullname org_shortname org_ogrn org_inn org_kpp';

export interface EsiaSettings {
  readonly url: string;
  readonly clientId: string;
  readonly redirectUri: string;
}

/** Sign-in through ESIA: OAuth 2.0 with a signed `client_secret`, v2/ac and v3/te (external systems §1.2–1.5). */
export class EsiaIdentityProvider extends IdentityProvider {
  constructor(
    private readonly settings: EsiaSettings,
    private readonly client: EsiaClient,
    private readonly signer: RequestSigner,
    private readonly tokens: EsiaTokens,
    private readonly clock: Clock,
  ) {
    super();
  }

  override async authorizationUrl(state: string): Promise<string> {
    const query = new URLSearchParams({
      ...(await this.signedParameters(state)),
      response_type: 'code',
      access_type: 'online',
    });
    return `${this.settings.url}/aas/oauth2/v2/ac?${query.toString()}`;
  }

  override async identify({ code, error, errorDescription }: AuthorizationAnswer): Promise<ProvenIdentity> {
    if (error !== undefined || code === undefined) throw refusalOf(errorDescription ?? error ?? '');
    const { accessToken, idToken } = await this.exchange(code);
    const { oid, esiaSessionId, accessTokenExpiresAt } = await this.tokens.read(accessToken, idToken);
    const person = await this.personOf(oid, accessToken);
    return { oid, ...person, access: { accessToken, accessTokenExpiresAt, esiaSessionId } };
  }

  override signOutUrl(returnUrl: string): string {
    const query = new URLSearchParams({ client_id: this.settings.clientId, redirect_url: returnUrl });
    return `${this.settings.url}/idp/ext/Logout?${query.toString()}`;
  }

  private async exchange(code: string): Promise<{ accessToken: string; idToken: string }> {
    const state = randomUUID();
    const { status, body } = await this.client.post('/aas/oauth2/v3/te', {
      ...(await this.signedParameters(state, code)),
      code,
      grant_type: 'authorization_code',
      token_type: 'Bearer',
    });
    if (status !== 200) throw refusalOf(typeof body.error_description === 'string' ? body.error_description : '');
    const { access_token: accessToken, id_token: idToken } = body;
    if (body.state !== state || typeof accessToken !== 'string' || typeof idToken !== 'string')
      throw new UntrustedAnswer();
    return { accessToken, idToken };
  }

  /** The order of the signed message is prescribed (§1.4); `scope` must go out exactly as it was signed. */
  private async signedParameters(state: string, code = ''): Promise<Record<string, string>> {
    const { clientId, redirectUri } = this.settings;
    const timestamp = timestampOf(this.clock.now());
    const message = [clientId, SCOPE, ORGANIZATION_SCOPE, timestamp, state, redirectUri, code].join('');
    return {
      client_id: clientId,
      client_secret: await this.signer.sign(message),
      client_certificate_hash: this.signer.certificateHash,
      redirect_uri: redirectUri,
      scope: SCOPE,
      scope_org: ORGANIZATION_SCOPE,
      state,
      timestamp,
    };
  }

  private async personOf(oid: string, accessToken: string): Promise<Pick<ProvenIdentity, 'level' | 'displayName'>> {
    const { status, body } = await this.client.get(`/rs/prns/${oid}?embed=(documents.elements)`, accessToken);
    if (status !== 200) throw new IdentityProviderUnavailable();
    const { firstName, middleName, lastName, trusted, snils, rIdDoc } = body;
    const documents = elementsOf(body.documents);
    return {
      level: levelOf({
        trusted: trusted === true,
        hasSnils: typeof snils === 'string',
        mainDocumentVerified: documents.some(
          ({ id, vrfStu }) => id !== undefined && id === rIdDoc && vrfStu === 'VERIFIED',
        ),
      }),
      displayName: displayNameOf({
        firstName: textOf(firstName) ?? '',
        middleName: textOf(middleName),
        lastName: textOf(lastName) ?? '',
      }),
    };
  }
}

/** `ESIA-007004: …` as one of our refusals. */
function refusalOf(description: string): Error {
  const code = /ESIA-(\d{6})/.exec(description)?.[1] ?? '';
  switch (code) {
    case '007004':
      return new ConsentRefused();
    case '007011':
      return new SignInStale();
    case '007015':
      return new ClockSkewed();
    case '007007':
    case '007008':
      return new IdentityProviderUnavailable();
    default:
      return new IdentityProviderRefused(code);
  }
}

/** `2026.11.22 09:30:05 +0300`: the offset has no colon. */
function timestampOf(instant: Date): string {
  const at = Temporal.Instant.fromEpochMilliseconds(instant.getTime()).toZonedDateTimeISO(LEGAL_TIME_ZONE);
  const date = at.toPlainDate().toString().replaceAll('-', '.');
  return `${date} ${at.toPlainTime().toString({ smallestUnit: 'second' })} ${at.offset.replace(':', '')}`;
}

/** A collection is usually `{size, elements}`, some answers are a bare array. */
function elementsOf(collection: unknown): readonly Record<string, unknown>[] {
  const { elements = collection } = (collection ?? {}) as { elements?: unknown };
  return Array.isArray(elements) ? (elements as unknown[]).filter(isRecord) : [];
}

const isRecord = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null;

const textOf = (value: unknown): string | null => (typeof value === 'string' && value !== '' ? value : null);
