import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import { type AddressInfo } from 'node:net';
import { FakeIdentityProvider } from '../../../../../test/support/identity.js';
import { EsiaVisitor } from '../../../../../test/support/esia-visitor.js';
import { SetClock } from '../../../../../test/support/test-app.js';
import { type ClientCredentials, issueClientCertificate } from '../../../../sandbox/esia/client-certificate.js';
import { type EsiaSandbox, startEsiaSandbox } from '../../../../sandbox/esia/server.js';
import { type AuthorizationAnswer, type IdentityProvider } from '../../application/ports/identity-provider.js';
import {
  ClockSkewed,
  ConsentRefused,
  IdentityProviderRefused,
  IdentityProviderUnavailable,
  SignInStale,
  UntrustedAnswer,
} from '../../domain/sign-in.errors.js';
import { EsiaClient } from './esia-client.js';
import { EsiaIdentityProvider } from './esia-identity-provider.js';
import { EsiaTokens } from './esia-tokens.js';
import { RsaRequestSigner } from './rsa-request-signer.js';

const REDIRECT = 'http://localhost:3000/auth/esia/callback';
const ISSUER = 'http://esia.gosuslugi.ru/';
const MARIA = { oid: '1000000001', level: 'CONFIRMED', displayName: 'Мария Петровна Н.' } as const;
const IGOR = { oid: '1000000002', level: 'STANDARD', displayName: 'Игорь Андреевич С.' } as const;
const OLGA = { oid: '1000000003', level: 'SIMPLIFIED', displayName: 'Ольга Л.' } as const;
const LOGINS: Record<string, string> = {
  [MARIA.oid]: '+79210000006',
  [IGOR.oid]: '+79210000014',
  [OLGA.oid]: '+79210000022',
};

let credentials: ClientCredentials;
let sandbox: EsiaSandbox;
let clock: SetClock;

beforeAll(async () => {
  credentials = await issueClientCertificate('LKSPB01');
  const client = { id: 'LKSPB01', certificatePem: credentials.certificatePem, redirectUris: [REDIRECT] };
  sandbox = await startEsiaSandbox({ port: 0, client });
});
afterAll(() => sandbox.close());
beforeEach(() => {
  clock = new SetClock(new Date());
});
afterEach(() => fetch(`${sandbox.url}/sandbox/faults`, { method: 'DELETE' }));

function esia(changes: { url?: string; redirectUri?: string; signing?: ClientCredentials } = {}): EsiaIdentityProvider {
  const { url = sandbox.url, redirectUri = REDIRECT, signing = credentials } = changes;
  return new EsiaIdentityProvider(
    { url, clientId: 'LKSPB01', redirectUri },
    new EsiaClient(url, { timeoutMs: 300, retries: 2, firstDelayMs: 1 }),
    new RsaRequestSigner(signing.privateKeyPem, signing.certificatePem),
    new EsiaTokens({ clientId: 'LKSPB01', issuer: ISSUER, tokenCertPem: sandbox.tokenCertificatePem }, clock),
    clock,
  );
}

const answerOf = (back: URL): AuthorizationAnswer => ({
  code: back.searchParams.get('code') ?? undefined,
  error: back.searchParams.get('error') ?? undefined,
  errorDescription: back.searchParams.get('error_description') ?? undefined,
});

async function answerAtEsia(
  provider: IdentityProvider,
  oid: string,
  consent: 'allow' | 'deny' = 'allow',
): Promise<AuthorizationAnswer> {
  const url = await provider.authorizationUrl('7b7c4c5e-0000-4000-8000-00000000abcd');
  return answerOf(await new EsiaVisitor().authorize(url, { login: LOGINS[oid]!, consent }));
}

const orderFault = (fault: object) =>
  fetch(`${sandbox.url}/sandbox/faults`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(fault),
  });

/** What every identity provider promises, whoever is behind it. */
describe.each([
  {
    name: 'ESIA',
    start: () => {
      const provider = esia();
      return {
        provider,
        allowed: (person: typeof MARIA | typeof IGOR | typeof OLGA) => answerAtEsia(provider, person.oid),
      };
    },
  },
  {
    name: 'the fake of the use-case specs',
    start: () => {
      const provider = new FakeIdentityProvider();
      return {
        provider,
        allowed: (person: typeof MARIA | typeof IGOR | typeof OLGA) => Promise.resolve(provider.allowedBy(person)),
      };
    },
  },
])('identity provider: $name', ({ start }) => {
  it.each([MARIA, IGOR, OLGA])('proves the person, the level and the name: $displayName', async (person) => {
    const { provider, allowed } = start();
    const identity = await provider.identify(await allowed(person));
    expect(identity).toMatchObject(person);
    expect(identity.access.accessToken).not.toBe('');
    expect(identity.access.accessTokenExpiresAt.getTime()).toBeGreaterThan(clock.now().getTime());
  });

  it('takes an answer once', async () => {
    const { provider, allowed } = start();
    const answer = await allowed(MARIA);
    await provider.identify(answer);
    await expect(provider.identify(answer)).rejects.toBeInstanceOf(SignInStale);
  });

  it('refuses a code it never gave', async () => {
    await expect(start().provider.identify({ code: 'made-up' })).rejects.toBeInstanceOf(SignInStale);
  });

  it('knows that the person refused', async () => {
    const refusal = { error: 'access_denied', errorDescription: 'ESIA-007004: Владелец ресурса отклонил запрос' };
    await expect(start().provider.identify(refusal)).rejects.toBeInstanceOf(ConsentRefused);
  });

  it('refuses an answer that says nothing', async () => {
    await expect(start().provider.identify({})).rejects.toBeInstanceOf(IdentityProviderRefused);
  });

  it('names the page to come back to after sign-out', () => {
    const url = new URL(start().provider.signOutUrl('http://localhost:3000/'));
    expect(url.searchParams.get('redirect_url')).toBe('http://localhost:3000/');
  });
});

describe('ESIA', () => {
  it('lets the person refuse', async () => {
    const provider = esia();
    await expect(provider.identify(await answerAtEsia(provider, MARIA.oid, 'deny'))).rejects.toBeInstanceOf(
      ConsentRefused,
    );
  });

  it('refuses requests signed by another key', async () => {
    const provider = esia({ signing: await issueClientCertificate('LKSPB01') });
    const refusal = await provider.identify(await answerAtEsia(provider, MARIA.oid)).catch((error: unknown) => error);
    expect(refusal).toBeInstanceOf(IdentityProviderRefused);
    expect((refusal as IdentityProviderRefused).details).toEqual({ esiaCode: '007053' });
  });

  it('refuses requests of a clock that is wrong', async () => {
    clock.advance(-3600_000);
    const provider = esia();
    await expect(provider.identify(await answerAtEsia(provider, MARIA.oid))).rejects.toBeInstanceOf(ClockSkewed);
  });

  it('gives a token that reads the person', async () => {
    const provider = esia();
    const { access } = await provider.identify(await answerAtEsia(provider, MARIA.oid));
    const answer = await fetch(`${sandbox.url}/rs/prns/1000000001/kids`, {
      headers: { authorization: `Bearer ${access.accessToken}` },
    });
    expect(answer.status).toBe(200);
    expect(access.esiaSessionId).toMatch(/^[0-9a-f-]{36}$/);
  });

  it.each(['signature', 'issuer', 'audience', 'expired', 'state'])(
    'is not believed when its answer has a wrong %s',
    async (defect) => {
      const provider = esia();
      const answer = await answerAtEsia(provider, MARIA.oid);
      await orderFault({ at: 'token', kind: 'token-defect', defect });
      await expect(provider.identify(answer)).rejects.toBeInstanceOf(UntrustedAnswer);
    },
  );

  it.each(['html-page', 'hang', 'reset'])(
    'counts as unavailable when the token request meets a failure: %s',
    async (kind) => {
      const provider = esia();
      const answer = await answerAtEsia(provider, MARIA.oid);
      await orderFault({ at: 'token', kind });
      await expect(provider.identify(answer)).rejects.toBeInstanceOf(IdentityProviderUnavailable);
    },
  );

  it('is asked again when it says that it is overloaded, which costs the citizen nothing', async () => {
    const provider = esia();
    const answer = await answerAtEsia(provider, MARIA.oid);
    await orderFault({ at: 'token', kind: 'unavailable', times: 2 });
    await orderFault({ at: 'rest', kind: 'reset', times: 2 });
    expect(await provider.identify(answer)).toMatchObject(MARIA);
  });

  it('is unavailable when nobody listens', async () => {
    const server: Server = createServer().listen(0, '127.0.0.1');
    await once(server, 'listening');
    const { port } = server.address() as AddressInfo;
    server.close();
    await once(server, 'close');
    await expect(esia({ url: `http://127.0.0.1:${port}` }).identify({ code: 'any' })).rejects.toBeInstanceOf(
      IdentityProviderUnavailable,
    );
  });

  it('is left alone for a while after it failed again and again', async () => {
    const provider = esia();
    const answer = await answerAtEsia(provider, MARIA.oid);
    await orderFault({ at: 'token', kind: 'html-page', times: 5 });
    for (let attempt = 0; attempt < 5; attempt += 1) {
      await expect(provider.identify(answer)).rejects.toBeInstanceOf(IdentityProviderUnavailable);
    }
    // ESIA is well again, but the open circuit does not even ask: the code stays unused.
    await expect(provider.identify(answer)).rejects.toBeInstanceOf(IdentityProviderUnavailable);
    expect(await esia().identify(answer)).toMatchObject(MARIA);
  });
});
