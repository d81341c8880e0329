import { type LightMyRequestResponse } from 'fastify';
import { EsiaVisitor } from '../../../../../test/support/esia-visitor.js';
import { testApp, type TestApp } from '../../../../../test/support/test-app.js';
import { Principals } from '../../../../platform/http/principal.js';
import { KeyRing } from '../../../../platform/security/key-ring.js';
import { issueClientCertificate } from '../../../../sandbox/esia/client-certificate.js';
import { type EsiaSandbox, startEsiaSandbox } from '../../../../sandbox/esia/server.js';
import { EsiaAccessQuery } from '../../application/esia-access.query.js';
import { IdentityModule, identityMappings } from '../../identity.module.js';
import { ForgetEndedSessions } from '../../infrastructure/forget-ended-sessions.job.js';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const MARIA = '+79210000006';

let sandbox: EsiaSandbox;
let app: TestApp;

beforeAll(async () => {
  const credentials = await issueClientCertificate('LKSPB01');
  const redirectUris = ['http://localhost:3000/auth/esia/callback'];
  const client = { id: 'LKSPB01', certificatePem: credentials.certificatePem, redirectUris };
  sandbox = await startEsiaSandbox({ port: 0, client, now: () => app.clock.now() });
  app = await testApp({
    modules: [IdentityModule],
    mappings: identityMappings,
    ownPrincipals: true,
    environment: {
      ESIA_URL: sandbox.url,
      ESIA_CLIENT_KEY_PEM: credentials.privateKeyPem,
      ESIA_CLIENT_CERT_PEM: credentials.certificatePem,
      ESIA_TOKEN_CERT_PEM: sandbox.tokenCertificatePem,
    },
  });
});
afterAll(async () => {
  await app.close();
  await sandbox.close();
});

/** A browser at the portal: keeps its cookies as a browser would. */
class Browser {
  readonly cookies: Record<string, string> = {};

  async get(url: string): Promise<LightMyRequestResponse> {
    return this.keep(
      await app.nest.inject({ method: 'GET', url, cookies: this.cookies, headers: { accept: 'text/html' } }),
    );
  }

  async post(url: string, form: Record<string, string>): Promise<LightMyRequestResponse> {
    const payload = new URLSearchParams(form).toString();
    const headers = { accept: 'text/html', 'content-type': 'application/x-www-form-urlencoded' };
    return this.keep(await app.nest.inject({ method: 'POST', url, cookies: this.cookies, headers, payload }));
  }

  /** From the sign-in button to the way back; `change` may tamper with the returning address. */
  async signIn(
    login = MARIA,
    options: { path?: string; consent?: 'allow' | 'deny'; change?: (back: URL) => void } = {},
  ) {
    const { path = '/auth/esia', consent, change } = options;
    const start = await this.get(path);
    const back = await new EsiaVisitor().authorize(String(start.headers.location), { login, consent });
    change?.(back);
    return this.get(`${back.pathname}${back.search}`);
  }

  private keep(response: LightMyRequestResponse): LightMyRequestResponse {
    for (const { name, value, maxAge, expires } of response.cookies) {
      if (maxAge === 0 || (expires && expires.getTime() === 0)) delete this.cookies[name];
      else this.cookies[name] = value;
    }
    return response;
  }
}

const citizenIn = (browser: Browser) =>
  app.get(Principals).citizenOf({ cookies: browser.cookies } as unknown as Parameters<Principals['citizenOf']>[0]);

const csrfOf = (page: LightMyRequestResponse): string => /name="_csrf" value="([^"]+)"/.exec(page.body)?.[1] ?? '';

const orderFault = (fault: object) =>
  fetch(`${sandbox.url}/sandbox/faults`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(fault),
  });

describe('sign-in through ESIA', () => {
  it('opens a session for the person and shows the page that was asked for', async () => {
    const browser = new Browser();
    const answer = await browser.signIn(MARIA, { path: '/auth/esia?return=%2Ffines%3Fpage%3D2' });
    expect([answer.statusCode, answer.headers.location]).toEqual([303, '/fines?page=2']);
    expect(await citizenIn(browser)).toMatchObject({
      oid: '1000000001',
      level: 'CONFIRMED',
      displayName: 'Мария Петровна Н.',
    });
  });

  it('sets a cookie that no script and no other host can read', async () => {
    const answer = await new Browser().signIn();
    const cookie = answer.cookies.find(({ name }) => name === '__Host-session');
    expect(cookie).toMatchObject({ path: '/', httpOnly: true, secure: true, sameSite: 'Lax' });
    expect(cookie).not.toHaveProperty('domain');
  });

  it.each([
    ['+79210000014', 'STANDARD', 'Игорь Андреевич С.'],
    ['+79210000022', 'SIMPLIFIED', 'Ольга Л.'],
  ])('knows the level of %s', async (login, level, displayName) => {
    const browser = new Browser();
    await browser.signIn(login);
    expect(await citizenIn(browser)).toMatchObject({ level, displayName });
  });

  it('tells the other contexts, the first time as such', async () => {
    await app.settle();
    const first = new Browser();
    await first.signIn('+79210000030');
    const { accountId, sessionId } = (await citizenIn(first))!;
    await new Browser().signIn('+79210000030');
    const events = await app.settle();
    expect(events.map(({ type, payload }) => [type, payload.firstTime])).toEqual([
      ['identity.signed-in.v1', true],
      ['identity.signed-in.v1', false],
    ]);
    expect(events[0]?.payload).toEqual({ accountId, sessionId, firstTime: true });
  });

  it('keeps the login history', async () => {
    const browser = new Browser();
    await browser.signIn();
    const { accountId } = (await citizenIn(browser))!;
    const rows = await app.sql.query('select accepted, ip_address from identity.sign_in where account_id = $1', [
      accountId,
    ]);
    expect(rows).toContainEqual({ accepted: true, ip_address: '127.0.0.1' });
  });

  it('replaces the session the browser had', async () => {
    const browser = new Browser();
    await browser.signIn();
    const former = browser.cookies['__Host-session']!;
    await browser.signIn();
    const stolen = new Browser();
    stolen.cookies['__Host-session'] = former;
    expect(await citizenIn(stolen)).toBeNull();
    expect(await citizenIn(browser)).not.toBeNull();
  });

  it('gives the ESIA token to whoever reads the person, and stores neither it nor the name in the clear', async () => {
    const browser = new Browser();
    await browser.signIn();
    const { sessionId, accountId } = (await citizenIn(browser))!;
    const access = await app.ask(new EsiaAccessQuery(sessionId));
    expect(access).toMatchObject({ accountId, oid: '1000000001' });
    const answer = await fetch(`${sandbox.url}/rs/prns/1000000001`, {
      headers: { authorization: `Bearer ${access?.accessToken}` },
    });
    expect(answer.status).toBe(200);
    const row = await app.sql.one<{ access_token: string; display_name: string }>(
      'select access_token, display_name from identity.session s join identity.account a on a.id = account_id where s.id = $1',
      [sessionId],
    );
    expect(row?.access_token).not.toContain('eyJ');
    expect(app.get(KeyRing).decrypt(row?.display_name ?? '')).toBe('Мария Петровна Н.');
    expect(row?.display_name).not.toContain('Мария');
  });
});

describe('a sign-in that fails', () => {
  const expectPage = (answer: LightMyRequestResponse, status: number, words: string) => {
    expect(answer.statusCode).toBe(status);
    expect(answer.headers['content-type']).toContain('text/html');
    expect(answer.body).toContain(words);
    expect(answer.cookies.map(({ name }) => name)).not.toContain('__Host-session');
  };

  it('says that consent was refused', async () => {
    expectPage(await new Browser().signIn(MARIA, { consent: 'deny' }), 403, 'Вы не разрешили доступ к данным');
  });

  it('refuses an answer with another state', async () => {
    const change = (back: URL) => back.searchParams.set('state', 'b0d8e1c0-0000-4000-8000-000000000000');
    expectPage(await new Browser().signIn(MARIA, { change }), 422, 'Вход нужно начать заново');
  });

  it('refuses an answer in a browser that did not begin the sign-in', async () => {
    const start = await new Browser().get('/auth/esia');
    const back = await new EsiaVisitor().authorize(String(start.headers.location), { login: MARIA });
    expectPage(await new Browser().get(`${back.pathname}${back.search}`), 422, 'Вход нужно начать заново');
  });

  it('refuses a cookie somebody changed', async () => {
    const browser = new Browser();
    const start = await browser.get('/auth/esia');
    const back = await new EsiaVisitor().authorize(String(start.headers.location), { login: MARIA });
    browser.cookies['__Host-esia-state'] = `x${browser.cookies['__Host-esia-state']}`;
    expectPage(await browser.get(`${back.pathname}${back.search}`), 422, 'Вход нужно начать заново');
  });

  it('takes an answer once', async () => {
    const browser = new Browser();
    const start = await browser.get('/auth/esia');
    const back = await new EsiaVisitor().authorize(String(start.headers.location), { login: MARIA });
    const cookie = browser.cookies['__Host-esia-state']!;
    expect((await browser.get(`${back.pathname}${back.search}`)).statusCode).toBe(303);
    expectPage(await browser.get(`${back.pathname}${back.search}`), 422, 'Вход нужно начать заново');
    browser.cookies['__Host-esia-state'] = cookie;
    expectPage(await browser.get(`${back.pathname}${back.search}`), 422, 'Вход нужно начать заново');
  });

  it('refuses an answer that took too long', async () => {
    const answer = new Browser().signIn(MARIA, { change: () => app.clock.advance(11 * MINUTE) });
    expectPage(await answer, 422, 'Вход нужно начать заново');
  });

  it.each([
    [{ at: 'token', kind: 'esia-error', code: '007015' }, 'Вход временно не работает'],
    [{ at: 'token', kind: 'esia-error', code: '007053' }, 'код ошибки: ЕСИА 007053'],
    [{ at: 'token', kind: 'html-page' }, 'Госуслуги сейчас не отвечают'],
    [{ at: 'token', kind: 'token-defect', defect: 'signature' }, 'Ответ Госуслуг не прошёл проверку'],
    [{ at: 'authorize', kind: 'esia-error', code: '007008' }, 'Госуслуги сейчас не отвечают'],
  ])('explains %j', async (fault, words) => {
    await orderFault(fault);
    expectPage(await new Browser().signIn(), 503, words);
  });
});

describe('a session', () => {
  it('ends after half an hour without a request', async () => {
    const browser = new Browser();
    await browser.signIn();
    app.clock.advance(29 * MINUTE);
    expect(await citizenIn(browser)).not.toBeNull();
    app.clock.advance(29 * MINUTE);
    expect(await citizenIn(browser)).not.toBeNull();
    app.clock.advance(31 * MINUTE);
    expect(await citizenIn(browser)).toBeNull();
  });

  it('ends after twelve hours however busy it is, and is then forgotten', async () => {
    const browser = new Browser();
    await browser.signIn();
    const { sessionId } = (await citizenIn(browser))!;
    for (let minutes = 0; minutes < 12 * 60 - 20; minutes += 20) {
      app.clock.advance(20 * MINUTE);
      expect(await citizenIn(browser)).not.toBeNull();
    }
    app.clock.advance(20 * MINUTE);
    expect(await citizenIn(browser)).toBeNull();
    await app.get(ForgetEndedSessions).run();
    expect(await app.sql.one('select id from identity.session where id = $1', [sessionId])).toBeNull();
  });

  it('outlives its ESIA token, which is then no longer given out', async () => {
    const browser = new Browser();
    await browser.signIn();
    const { sessionId } = (await citizenIn(browser))!;
    for (let minutes = 0; minutes < 61; minutes += 20) {
      app.clock.advance(20 * MINUTE);
      expect(await citizenIn(browser)).not.toBeNull();
    }
    expect(await app.ask(new EsiaAccessQuery(sessionId))).toBeNull();
  });

  it('ends at sign-out here and at ESIA', async () => {
    const browser = new Browser();
    await browser.signIn();
    const { sessionId } = (await citizenIn(browser))!;
    const form = await browser.get('/office/sign-in');
    const kept = { ...browser.cookies };
    const answer = await browser.post('/auth/sign-out', { _csrf: csrfOf(form) });
    expect(answer.statusCode).toBe(303);
    expect(answer.headers.location).toBe(
      `${sandbox.url}/idp/ext/Logout?client_id=LKSPB01&redirect_url=${encodeURIComponent('http://localhost:3000/')}`,
    );
    expect(browser.cookies).not.toHaveProperty('__Host-session');
    Object.assign(browser.cookies, kept);
    expect(await citizenIn(browser)).toBeNull();
    expect(await app.ask(new EsiaAccessQuery(sessionId))).toBeNull();
  });

  it('does not end by a request without the form token', async () => {
    const browser = new Browser();
    await browser.signIn();
    expect((await browser.post('/auth/sign-out', {})).statusCode).toBe(403);
    expect(await citizenIn(browser)).not.toBeNull();
  });
});

afterEach(async () => {
  app.clock.advance(HOUR);
  await fetch(`${sandbox.url}/sandbox/faults`, { method: 'DELETE' });
});
