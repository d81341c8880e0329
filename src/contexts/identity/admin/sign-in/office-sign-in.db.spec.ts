import { type LightMyRequestResponse } from 'fastify';
import { generateSync } from 'otplib';
import { testApp, type TestApp } from '../../../../../test/support/test-app.js';
import { Principals } from '../../../../platform/http/principal.js';
import { IdentityProvider } from '../../application/ports/identity-provider.js';
import { IdentityModule, identityMappings } from '../../identity.module.js';
import { SAMPLE_STAFF, SampleStaff } from '../../infrastructure/sample-staff.js';

const MINUTE = 60_000;
const [clerk, , admin] = SAMPLE_STAFF as [(typeof SAMPLE_STAFF)[number], unknown, (typeof SAMPLE_STAFF)[number]];

let app: TestApp;

beforeAll(async () => {
  const override = [{ port: IdentityProvider, with: {} }]; // the office does not need ESIA
  app = await testApp({ modules: [IdentityModule], mappings: identityMappings, ownPrincipals: true, override });
  await app.get(SampleStaff).seed();
});
afterAll(() => app.close());
afterEach(() => app.clock.advance(20 * MINUTE)); // past a closed account and used codes

const codeNow = (secret: string) => generateSync({ secret, epoch: app.clock.now().getTime() / 1000 });

/** Opens the form and sends it, as a fresh browser. */
async function signIn(changes: Record<string, string> = {}): Promise<LightMyRequestResponse> {
  const form = await app.nest.inject({ method: 'GET', url: '/office/sign-in' });
  const cookies = Object.fromEntries(form.cookies.map(({ name, value }) => [name, value]));
  const token = /name="_csrf" value="([^"]+)"/.exec(form.body)?.[1] ?? '';
  const fields = {
    _csrf: token,
    email: clerk.email,
    password: clerk.password,
    code: codeNow(clerk.codeSecret),
    ...changes,
  };
  return app.nest.inject({
    method: 'POST',
    url: '/office/sign-in',
    cookies,
    headers: { accept: 'text/html', 'content-type': 'application/x-www-form-urlencoded' },
    payload: new URLSearchParams(fields).toString(),
  });
}

const staffOf = (answer: LightMyRequestResponse) => {
  const cookies = Object.fromEntries(answer.cookies.map(({ name, value }) => [name, value]));
  return app.get(Principals).staffOf({ cookies } as unknown as Parameters<Principals['staffOf']>[0]);
};

/** The page without what differs at every request. */
const words = (answer: LightMyRequestResponse) => answer.body.replace(/(csrf[^>]*(?:value|content)=")[^"]*/g, '$1');

describe('the back-office sign-in', () => {
  it('lets a clerk in with the authority', async () => {
    const answer = await signIn();
    expect([answer.statusCode, answer.headers.location]).toEqual([303, '/office/queue']);
    expect(await staffOf(answer)).toMatchObject({
      name: 'Петрова Анна Сергеевна',
      role: 'CLERK',
      authorityCode: 'COMMITTEE_EDUCATION',
      authorityName: 'Комитет по образованию',
    });
  });

  it('lets an administrator in, who has no authority', async () => {
    const answer = await signIn({ email: admin.email.toUpperCase(), code: codeNow(admin.codeSecret) });
    expect(await staffOf(answer)).toMatchObject({ role: 'ADMIN', authorityCode: null });
  });

  it('leads an administrator to the list of staff, which is closed to clerks', async () => {
    const open = async (answer: LightMyRequestResponse) => {
      const cookies = Object.fromEntries(answer.cookies.map(({ name, value }) => [name, value]));
      return app.nest.inject({ method: 'GET', url: '/office/staff', cookies, headers: { accept: 'text/html' } });
    };
    const administrator = await signIn({ email: admin.email, code: codeNow(admin.codeSecret) });
    expect(administrator.headers.location).toBe('/office/staff');
    const list = await open(administrator);
    expect(list.statusCode).toBe(200);
    for (const { name, email } of SAMPLE_STAFF) expect([list.body.includes(name), list.body.includes(email)]).toEqual([true, true]);
    expect((await open(await signIn())).statusCode).toBe(403);
  });

  it('returns to the page of the office that was asked for, and only there', async () => {
    expect((await signIn({ return: '/office/cases/7?tab=2' })).headers.location).toBe('/office/cases/7?tab=2');
    app.clock.advance(MINUTE);
    expect((await signIn({ return: 'https://evil.example/office/' })).headers.location).toBe('/office/queue');
  });

  it('answers every wrong part with the same words', async () => {
    const wrong: Record<string, string>[] = [
      { password: 'Sample-Office-2025' },
      { code: '000000' },
      { email: 'nobody@example.ru', code: '000000' },
    ];
    const pages: string[] = [];
    for (const changes of wrong) {
      const answer = await signIn(changes);
      expect(answer.statusCode).toBe(422);
      expect(answer.cookies.map(({ name }) => name)).not.toContain('__Host-office');
      pages.push(words(answer).replace('nobody@example.ru', clerk.email));
    }
    expect(pages[0]).toContain('Почта, пароль или код не подошли');
    expect(new Set(pages).size).toBe(1);
  });

  it('keeps the e-mail but never shows the password or the code again', async () => {
    const answer = await signIn({ password: 'Wrong-Password-77', code: '123456' });
    expect(answer.body).toContain(clerk.email);
    expect(answer.body).not.toContain('Wrong-Password-77');
    expect(answer.body).not.toContain('123456');
  });

  it('points to a field that was left empty', async () => {
    const answer = await signIn({ code: '' });
    expect(answer.statusCode).toBe(422);
    expect(answer.body).toContain('href="#code"');
  });

  it('takes a code once', async () => {
    const code = codeNow(clerk.codeSecret);
    expect((await signIn({ code })).statusCode).toBe(303);
    expect((await signIn({ code })).statusCode).toBe(422);
  });

  it('closes the account for a quarter of an hour after five refusals', async () => {
    for (let attempt = 0; attempt < 5; attempt += 1) await signIn({ password: 'wrong' });
    expect((await signIn()).statusCode).toBe(422);
    app.clock.advance(14 * MINUTE);
    expect((await signIn()).statusCode).toBe(422);
    app.clock.advance(2 * MINUTE);
    expect((await signIn()).statusCode).toBe(303);
  });

  it('keeps accepted and refused attempts', async () => {
    await app.sql.query('delete from identity.sign_in');
    await signIn({ password: 'wrong' });
    await signIn();
    await signIn({ email: 'nobody@example.ru' });
    const rows = await app.sql.query<{ email: string | null; accepted: boolean }>(
      'select email, accepted from identity.sign_in left join identity.staff_account m on m.id = staff_id order by sign_in.id',
    );
    expect(rows).toEqual([
      { email: clerk.email, accepted: false },
      { email: clerk.email, accepted: true },
      { email: null, accepted: false },
    ]);
  });

  it('ends at sign-out', async () => {
    const answer = await signIn();
    const cookies = Object.fromEntries(answer.cookies.map(({ name, value }) => [name, value]));
    const form = await app.nest.inject({ method: 'GET', url: '/office/sign-in', cookies });
    for (const { name, value } of form.cookies) cookies[name] = value;
    const token = /name="_csrf" value="([^"]+)"/.exec(form.body)?.[1] ?? '';
    const headers = { 'content-type': 'application/x-www-form-urlencoded' };
    const payload = new URLSearchParams({ _csrf: token }).toString();
    const end = await app.nest.inject({ method: 'POST', url: '/office/sign-out', cookies, headers, payload });
    expect([end.statusCode, end.headers.location]).toEqual([303, '/office/sign-in']);
    expect(await staffOf(answer)).toBeNull();
  });
});

describe('sample staff', () => {
  it('is seeded once however often the product starts', async () => {
    await app.get(SampleStaff).seed();
    expect(await app.sql.query('select email from identity.staff_account')).toHaveLength(SAMPLE_STAFF.length);
  });

  it('has passwords and code secrets stored beyond reading', async () => {
    const rows = await app.sql.query<{ password_hash: string; code_secret: string }>(
      'select * from identity.staff_account',
    );
    for (const { password_hash: hash, code_secret: secret } of rows) {
      expect(hash).toMatch(/^\$argon2id\$v=19\$m=47104,t=2,p=1\$/);
      expect(SAMPLE_STAFF.map(({ codeSecret }) => codeSecret)).not.toContain(secret);
    }
  });
});
