import { createHash, sign, X509Certificate } from 'node:crypto';
import { EsiaVisitor } from '../../../test/support/esia-visitor.js';
import { type ClientCredentials, issueClientCertificate } from './client-certificate.js';
import { type EsiaSandbox, startEsiaSandbox } from './server.js';

const REDIRECT = 'http://localhost:3000/auth/esia/callback';
const SCOPE = 'openid fullname mobile';

let sandbox: EsiaSandbox;
let credentials: ClientCredentials;

beforeAll(async () => {
  credentials = await issueClientCertificate('LKSPB01');
  const client = { id: 'LKSPB01', certificatePem: credentials.certificatePem, redirectUris: [REDIRECT] };
  sandbox = await startEsiaSandbox({ port: 0, client });
});
afterAll(() => sandbox.close());

const certificateHash = () =>
  createHash('sha256').update(new X509Certificate(credentials.certificatePem).raw).digest('hex').toUpperCase();

const timestampOf = (instant: Date) => {
  const moscow = new Date(instant.getTime() + 3 * 3600_000).toISOString();
  return `${moscow.slice(0, 10).replaceAll('-', '.')} ${moscow.slice(11, 19)} +0300`;
};

const signed = (parts: string[]) =>
  sign('sha256', Buffer.from(parts.join('')), credentials.privateKeyPem).toString('base64url');

function authorizationUrl(changes: Record<string, string> = {}): string {
  const timestamp = changes.timestamp ?? timestampOf(new Date());
  const state = 'a2f2a1e8-0f3f-4b7e-9d5a-6d9f4d1b2c3a';
  const query = new URLSearchParams({
    client_id: 'LKSPB01',
    client_secret: signed(['LKSPB01', SCOPE, timestamp, state, REDIRECT]),
    client_certificate_hash: certificateHash(),
    redirect_uri: REDIRECT,
    scope: SCOPE,
    response_type: 'code',
    state,
    timestamp,
    access_type: 'online',
    ...changes,
  });
  return `${sandbox.url}/aas/oauth2/v2/ac?${query.toString()}`;
}

function exchange(code: string, changes: Record<string, string> = {}): Promise<Response> {
  const timestamp = timestampOf(new Date());
  const state = 'b7d8e9f0-1111-4222-8333-444455556666';
  const body = new URLSearchParams({
    client_id: 'LKSPB01',
    client_secret: signed(['LKSPB01', SCOPE, timestamp, state, REDIRECT, code]),
    client_certificate_hash: certificateHash(),
    code,
    grant_type: 'authorization_code',
    state,
    scope: SCOPE,
    timestamp,
    redirect_uri: REDIRECT,
    token_type: 'Bearer',
    ...changes,
  });
  return fetch(`${sandbox.url}/aas/oauth2/v3/te`, { method: 'POST', body });
}

const read = async (path: string, token: string) =>
  fetch(`${sandbox.url}${path}`, { headers: { authorization: `Bearer ${token}` } });

describe('sign-in', () => {
  it.each([
    '+79210000006',
    '8 (921) 000-00-06',
    '9210000006',
    'Maria.Nevskaya@example.ru',
    '112-233-445 95',
    '11223344595',
  ])('takes the login %s', async (login) => {
    const back = await new EsiaVisitor().authorize(authorizationUrl(), { login });
    expect(back.origin + back.pathname).toBe(REDIRECT);
    expect(back.searchParams.get('code')).toMatch(/^eyJ/);
    expect(back.searchParams.get('state')).toBe('a2f2a1e8-0f3f-4b7e-9d5a-6d9f4d1b2c3a');
  });

  it('stays on its page after a wrong password', async () => {
    const at = await new EsiaVisitor().authorize(authorizationUrl(), {
      login: '+79210000006',
      password: 'Sample-2025',
    });
    expect(at.pathname).toBe('/login');
  });

  it('asks no password twice in one browser until sign-out', async () => {
    const visitor = new EsiaVisitor();
    await visitor.authorize(authorizationUrl(), { login: '+79210000006' });
    expect((await visitor.visit(authorizationUrl())).pathname).toBe('/consent');
    const home = encodeURIComponent('http://localhost:3000/');
    expect((await visitor.visit(`${sandbox.url}/idp/ext/Logout?client_id=LKSPB01&redirect_url=${home}`)).href).toBe(
      'http://localhost:3000/',
    );
    expect((await visitor.visit(authorizationUrl())).pathname).toBe('/login');
  });

  it('sends no browser to a site that is not registered', async () => {
    const elsewhere = encodeURIComponent('http://evil.example/');
    const at = await new EsiaVisitor().visit(
      `${sandbox.url}/idp/ext/Logout?client_id=LKSPB01&redirect_url=${elsewhere}`,
    );
    expect(at.origin).toBe(sandbox.url);
  });
});

describe('authorization request', () => {
  it.each([
    ['007004', {}],
    ['007015', { timestamp: timestampOf(new Date(Date.now() - 3600_000)) }],
    ['007014', { timestamp: '2026-11-22T09:30:05+03:00' }],
    ['007053', { scope: 'openid fullname' }],
    ['007053', { client_certificate_hash: 'AB'.repeat(32) }],
    ['007006', { scope: 'openid everything' }],
    ['007012', { response_type: 'token' }],
  ])('is refused with ESIA-%s', async (code, changes: Record<string, string>) => {
    const back = await new EsiaVisitor().authorize(authorizationUrl(changes), {
      login: '+79210000006',
      consent: 'deny',
    });
    expect(back.origin + back.pathname).toBe(REDIRECT);
    expect(back.searchParams.get('error_description')).toMatch(new RegExp(`^ESIA-${code}: `));
    expect(back.searchParams.get('state')).toBe('a2f2a1e8-0f3f-4b7e-9d5a-6d9f4d1b2c3a');
  });

  it('with a foreign return address is answered with a page, not with a redirect', async () => {
    const response = await fetch(authorizationUrl({ redirect_uri: 'http://evil.example/' }), { redirect: 'manual' });
    expect(response.status).toBe(400);
    expect(await response.text()).toContain('ESIA-007023');
  });
});

describe('token request', () => {
  const freshCode = async () =>
    (await new EsiaVisitor().authorize(authorizationUrl(), { login: '+79210000006' })).searchParams.get('code') ?? '';

  it('gives tokens and echoes its own state', async () => {
    const answer = (await (await exchange(await freshCode())).json()) as Record<string, string>;
    expect(answer).toMatchObject({
      token_type: 'Bearer',
      expires_in: 3600,
      state: 'b7d8e9f0-1111-4222-8333-444455556666',
    });
    const claims = JSON.parse(Buffer.from(answer.id_token?.split('.')[1] ?? '', 'base64url').toString()) as unknown;
    expect(claims).toMatchObject({
      aud: 'LKSPB01',
      sub: 1000000001,
      iss: 'http://esia.gosuslugi.ru/',
      'urn:esia:sbj': { 'urn:esia:sbj:lvl': 'PR', 'urn:esia:sbj:is_tru': true },
    });
  });

  it('takes a code once', async () => {
    const code = await freshCode();
    expect((await exchange(code)).status).toBe(200);
    const again = await exchange(code);
    expect(again.status).toBe(400);
    expect(((await again.json()) as Record<string, string>).error_description).toMatch(/^ESIA-007011/);
  });

  it('refuses a signature over anything else', async () => {
    const answer = await exchange(await freshCode(), { client_secret: signed(['LKSPB01']) });
    expect(((await answer.json()) as Record<string, string>).error_description).toMatch(/^ESIA-007053/);
  });

  it('plays an ordered failure once', async () => {
    const order = { at: 'token', kind: 'html-page' };
    await fetch(`${sandbox.url}/sandbox/faults`, {
      method: 'POST',
      body: JSON.stringify(order),
      headers: { 'content-type': 'application/json' },
    });
    const code = await freshCode();
    expect((await exchange(code)).headers.get('content-type')).toContain('text/html');
    expect((await exchange(code)).status).toBe(200);
  });
});

describe('person data', () => {
  const all =
    'openid fullname birthdate gender snils inn id_doc email mobile contacts addresses medical_doc kid_fullname kid_birthdate kid_gender kid_snils kid_birth_cert_doc';

  it('holds only what the scopes cover', async () => {
    const token = await sandbox.accessTokenOf(1000000001, 'openid fullname');
    expect(await (await read('/rs/prns/1000000001', token)).json()).toMatchObject({
      lastName: 'Невская',
      trusted: true,
    });
    expect(await (await read('/rs/prns/1000000001', token)).json()).not.toHaveProperty('snils');
    expect((await read('/rs/prns/1000000001/docs', token)).status).toBe(403);
    expect((await read('/rs/prns/1000000001/kids', token)).status).toBe(403);
  });

  it('lists addresses of elements unless asked to embed them', async () => {
    const token = await sandbox.accessTokenOf(1000000001, all);
    const bare = (await (await read('/rs/prns/1000000001/kids', token)).json()) as { elements: string[] };
    expect(bare.elements[0]).toBe(`${sandbox.url}/rs/prns/1000000001/kids/1000000101`);
    const embedded = await (await read('/rs/prns/1000000001/kids?embed=(elements)', token)).json();
    expect(embedded).toMatchObject({
      size: 2,
      elements: [{ firstName: 'Пётр', birthDate: '15.05.2020' }, { firstName: 'Анна' }],
    });
    expect(await (await read('/rs/prns/1000000001/kids/1000000101/docs?embed=(elements)', token)).json()).toMatchObject(
      {
        elements: [{ type: 'RF_BRTH_CERT', series: 'IV-АК', number: '000123' }],
      },
    );
  });

  it('embeds collections into the person', async () => {
    const token = await sandbox.accessTokenOf(1000000001, all);
    const person = await (
      await read('/rs/prns/1000000001?embed=(contacts.elements,documents.elements,kids.elements)', token)
    ).json();
    expect(person).toMatchObject({ contacts: { size: 3 }, documents: { size: 2 }, kids: { size: 2 } });
  });

  it('is closed to others and to strangers', async () => {
    const token = await sandbox.accessTokenOf(1000000002, all);
    expect((await read('/rs/prns/1000000001', token)).status).toBe(403);
    expect((await read('/rs/prns/1000000001', 'nonsense')).status).toBe(401);
  });

  it('shows the organisation only with organisation scopes', async () => {
    const bare = await sandbox.accessTokenOf(1000000004, 'openid usr_org');
    expect(await (await read('/rs/prns/1000000004/roles', bare)).json()).toMatchObject({
      elements: [{ oid: 1000000901, chief: true }],
    });
    expect((await read('/rs/orgs/1000000901', bare)).status).toBe(403);
    const token = await sandbox.accessTokenOf(1000000004, 'openid usr_org', 'org_inn org_ogrn');
    expect(await (await read('/rs/orgs/1000000901', token)).json()).toMatchObject({
      inn: '7800000122',
      ogrn: '1007800001230',
    });
  });
});

describe('profile pages', () => {
  const form = (fields: Record<string, string>, cookie = '') =>
    ({ method: 'POST', body: new URLSearchParams(fields), redirect: 'manual', headers: { cookie } }) as const;
  const PERSONAL = '/profile/user/personal';

  const signIn = async (login: string) => {
    const answer = await fetch(`${sandbox.url}${PERSONAL}/sign-in`, form({ login, password: 'Sample-2026' }));
    return answer.headers.getSetCookie()[0]?.split(';')[0] ?? '';
  };

  it('change what the registers give, contacts included', async () => {
    const cookie = await signIn('+79210000014');
    const fields = {
      lastName: 'Садовый',
      firstName: 'Игорь',
      middleName: '',
      mobile: '8 921 000-00-15',
      email: 'new@example.ru',
    };
    expect((await fetch(`${sandbox.url}${PERSONAL}`, form(fields, cookie))).status).toBe(303);
    const token = await sandbox.accessTokenOf(1000000002, 'openid fullname mobile email');
    const person = await (await read('/rs/prns/1000000002?embed=(contacts.elements)', token)).json();
    expect(person).not.toHaveProperty('middleName');
    expect(person).toMatchObject({
      contacts: { elements: [{ value: '+7(921)0000015' }, { value: 'new@example.ru' }] },
    });
  });

  it('add a child with the birth certificate', async () => {
    const cookie = await signIn('912-345-678 00');
    const child = {
      lastName: 'Садовый',
      firstName: 'Лев',
      birthDate: '2024-02-29',
      gender: 'M',
      series: 'II-АК',
      number: '000777',
    };
    await fetch(`${sandbox.url}${PERSONAL}/children`, form(child, cookie));
    const token = await sandbox.accessTokenOf(1000000002, 'openid kid_fullname kid_birthdate kid_birth_cert_doc');
    const kids = (await (await read('/rs/prns/1000000002/kids?embed=(elements)', token)).json()) as {
      elements: { oid: number }[];
    };
    expect(kids.elements).toMatchObject([{ firstName: 'Лев', birthDate: '29.02.2024' }]);
    const docs = await read(`/rs/prns/1000000002/kids/${kids.elements[0]?.oid}/docs?embed=(elements)`, token);
    expect(await docs.json()).toMatchObject({ elements: [{ series: 'II-АК', number: '000777' }] });
  });

  it('refuse what is incomplete', async () => {
    const cookie = await signIn('+79210000030');
    expect((await fetch(`${sandbox.url}${PERSONAL}`, form({ lastName: '', firstName: 'Олег' }, cookie))).status).toBe(
      422,
    );
  });

  it('lead back only to the registered site', async () => {
    const cookie = await signIn('+79210000030');
    const page = async (back: string) =>
      (await fetch(`${sandbox.url}${PERSONAL}?return=${encodeURIComponent(back)}`, { headers: { cookie } })).text();
    expect(await page('http://localhost:3000/profile')).toContain('href="http://localhost:3000/profile"');
    expect(await page('http://evil.example/')).not.toContain('evil.example');
  });
});
