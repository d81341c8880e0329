import { type Browser, type Page } from 'playwright-core';
import pg from 'pg';
import { newPerson, openBrowser } from '../support/browser.js';
import { type Belongings, useEverything } from '../support/busy-citizen.js';
import { IGOR, OLEG, signIn } from '../support/citizen.js';
import { eventually } from '../support/eventually.js';
import { look, send, sendFile, sendJson } from '../support/hand.js';
import { CLERK, signInAtOffice } from '../support/office.js';
import { type Product, startProduct } from '../support/product.js';
import { addressOf, databaseOf, type Route, routesOf } from '../support/routes.js';
import { pdf } from '../support/sample-files.js';

/** Open to everybody. A new route belongs here only when a stranger may call it. (Signing out of the back-office is open, too, and leads to its door.) */
const PUBLIC = [
  'GET /',
  'GET /accessibility',
  'GET /api/openapi.json',
  'GET /assets/*',
  'GET /auth/esia',
  'GET /auth/esia/callback',
  'GET /callbacks/bank',
  'GET /health/live',
  'GET /health/ready',
  'GET /help',
  'GET /metrics',
  'GET /office/sign-in',
  'GET /rules',
  'GET /services',
  'GET /services/:code',
  'POST /auth/sign-out',
  'POST /callbacks/bank',
  'POST /office/sign-in',
  'POST /vision',
];

/** Parameters that name nobody's thing: services and kinds of documents are the same for all. */
const NOT_OWNED = ['GET /services/:code', 'POST /services/:code/draft', 'GET /documents/add/:kind', 'POST /documents/add/:kind'];

/** What a stranger would have to send to get past the form and reach the thing itself. */
const FIELDS: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  'POST /fines/:id/pay': { quotedKopecks: '37500', idempotencyKey: '5a0a4b52-6d8f-4f30-9f0e-2f1d0d7f3a11' },
  'POST /drafts/:id/submit': { version: '8', idempotencyKey: '5a0a4b52-6d8f-4f30-9f0e-2f1d0d7f3a12' },
  'POST /drafts/:id/steps/:step': { version: '8', 'answers[text]': 'Чужие слова', 'answers[demand]': 'Чужая просьба' },
  'POST /drafts/:id/steps/:step/autosave': { version: '8', 'answers[text]': 'Чужие слова' },
  'POST /drafts/:id/copy': { step: 'TEXT', 'answers[text]': 'Чужие слова' },
  'POST /drafts/:id/files/:field/cabinet': { files: '5a0a4b52-6d8f-4f30-9f0e-2f1d0d7f3a13' },
  'POST /applications/:id/withdraw': { seen: '4' },
  'POST /profile/vehicles/:id': { make: 'Чужая', plateType: '1', grz: 'А123ВС178', sts: '7812345678', version: '1' },
  'POST /documents/:id/edit': { version: '1' },
  'POST /office/applications/:id/accept': { seen: '4' },
  'POST /office/applications/:id/request-info': { seen: '4', question: 'Чужое ведомство', respondBy: '31.12.2099' },
  'POST /office/applications/:id/cancellation/confirm': { seen: '4' },
  'POST /office/applications/:id/cancellation/decline': { seen: '4', declineReason: 'Чужое ведомство' },
};

/** Only files of a form come this way; the words travel beside them. */
const MULTIPART = [
  'POST /documents/:id/files',
  'POST /drafts/:id/files/:field',
  'POST /applications/:id/answer',
  'POST /office/applications/:id/progress',
  'POST /office/applications/:id/decision',
];

const nameOf = ({ method, path }: Route): string => `${method} ${path}`;
const isApi = ({ path }: Route): boolean => path.startsWith('/api/');
const isOffice = ({ path }: Route): boolean => path.startsWith('/office/');

describe('Whose things are whose', () => {
  let product: Product;
  let browser: Browser;
  let routes: Route[];
  let own: Belongings;
  let maria: Page;
  let pool: pg.Pool;

  beforeAll(async () => {
    [product, browser] = await Promise.all([startProduct(), openBrowser()]);
    routes = await routesOf(product.dataDir);
    pool = new pg.Pool({ connectionString: databaseOf(product.dataDir), max: 1 });
    maria = await (await newPerson(browser)).newPage();
    const clerk = await (await newPerson(browser)).newPage();
    own = await useEverything(maria, clerk, product);
  }, 240_000);

  afterAll(async () => {
    await pool.end();
    await browser.close();
    await product.remove();
  }, 60_000);

  const closed = () => routes.filter((route) => !PUBLIC.includes(nameOf(route)));
  const withIds = () => closed().filter((route) => route.path.includes(':') && !NOT_OWNED.includes(nameOf(route)));

  it('are told by routes of which exactly these are open to everybody', async () => {
    const open: string[] = [];
    for (const route of routes) if (!(await turnsAway(product.portal, route, own))) open.push(nameOf(route));
    expect(open.sort()).toEqual(PUBLIC);
  }, 60_000);

  it('are kept from programs without a session, too', async () => {
    const answers: string[] = [];
    for (const { method, path } of closed().filter(({ method }) => method === 'GET')) {
      const { status } = await fetch(`${product.portal}${addressOf(path, own)}`, { method, headers: { accept: 'application/json' }, redirect: 'manual' });
      if (status !== 401) answers.push(`${method} ${path}: ${status}`);
    }
    expect(answers).toEqual([]);
  }, 60_000);

  it('are described where programs may have them', async () => {
    const { paths } = (await (await fetch(`${product.portal}/api/openapi.json`)).json()) as { paths: Record<string, object> };
    const described = Object.entries(paths).flatMap(([path, verbs]) => Object.keys(verbs).map((verb) => `${verb.toUpperCase()} ${path}`));
    const asRegistered = described.map((route) => route.replace(/\{(\w+)\}/g, ':$1'));
    expect(asRegistered.sort()).toEqual(closed().filter(isApi).map(nameOf).sort());
    expect(asRegistered.length).toBeGreaterThan(10);
  });

  it('exist: their owner sees each of them', async () => {
    const unseen: string[] = [];
    for (const route of withIds().filter((one) => one.method === 'GET' && !isOffice(one))) {
      const { status } = await look(maria, addressOf(route.path, own));
      if (status !== 200) unseen.push(`${nameOf(route)}: ${status}`);
    }
    expect(unseen).toEqual([]);
  }, 60_000);

  it.each([OLEG, IGOR])('are not found and not changed by $login', async (person) => {
    const stranger = await (await newPerson(browser)).newPage();
    await signIn(stranger, product.portal, person);
    await eventually('their own documents have come from ESIA', async () => (await look(stranger, '/documents')).html.includes('С Госуслуг'));
    await expectNotFound(stranger, withIds().filter((route) => !isOffice(route)));
  }, 120_000);

  it('are not found and not changed by a clerk of another authority', async () => {
    const stranger = await (await newPerson(browser)).newPage();
    await signInAtOffice(stranger, product, CLERK);
    await expectNotFound(stranger, withIds().filter(isOffice));
    expect((await stranger.goto(`${product.portal}/cabinet`))?.url()).toContain(new URL(product.esia).host);
  }, 120_000);

  it('are at the back-office only for its staff', async () => {
    await maria.goto(`${product.portal}/office/queue`);
    expect(new URL(maria.url()).pathname).toBe('/office/sign-in');
  }, 60_000);


  async function expectNotFound(stranger: Page, asked: readonly Route[]): Promise<void> {
    const before = await everything(pool);
    const found: string[] = [];
    for (const route of asked) {
      const { status } = await attempt(stranger, route, addressOf(route.path, own));
      if (status !== 404) found.push(`${nameOf(route)}: ${status}`);
    }
    expect(found).toEqual([]);
    expect(asked.length).toBeGreaterThan(5);
    expect(await everything(pool)).toEqual(before);
  }
});

const attempt = (page: Page, route: Route, address: string) => {
  if (route.method === 'GET') return look(page, address);
  if (isApi(route)) return sendJson(page, route.method, address, { version: 1, requisites: {} });
  const fields = FIELDS[nameOf(route)] ?? {};
  return MULTIPART.includes(nameOf(route))
    ? sendFile(page, address, { fields: { seen: '4', answer: 'Чужой ответ', outcome: 'EXECUTED', reason: 'Чужое', comment: 'Чужое' }, file: { field: 'files', name: 'a.pdf', content: pdf() } })
    : send(page, address, fields);
};

/** Whether a visitor without any session is sent to a door; a change carries a good anti-forgery token, so that nothing else stops it. */
async function turnsAway(portal: string, { method, path }: Route, own: Belongings): Promise<boolean> {
  const address = `${portal}${addressOf(path, own)}`;
  const door = isOffice({ method, path }) ? '/office/sign-in' : '/auth/esia';
  const token = method === 'GET' ? null : await freshToken(portal);
  const headers = { accept: 'text/html', 'content-type': 'application/x-www-form-urlencoded', ...(token ? { cookie: token.cookie, 'x-csrf-token': token.value } : {}) };
  const answer = await fetch(address, { method, headers: method === 'GET' ? { accept: 'text/html' } : headers, body: token ? '' : undefined, redirect: 'manual' });
  if (isApi({ method, path })) return answer.status === 401;
  const location = answer.headers.get('location') ?? '';
  const back = method === 'GET' ? `?return=${encodeURIComponent(new URL(address).pathname)}` : '';
  return answer.status === 303 && location === `${door}${back}`;
}

async function freshToken(portal: string): Promise<{ readonly cookie: string; readonly value: string }> {
  const answer = await fetch(`${portal}/`);
  const cookie = answer.headers.getSetCookie().find((line) => line.startsWith('__Host-csrf='))!.split(';')[0]!;
  return { cookie, value: /name="csrf-token" content="([^"]+)"/.exec(await answer.text())![1]! };
}

/** A fingerprint of every table of every context, but for what a mere visit leaves behind and for letters on their way. */
async function everything(pool: pg.Pool): Promise<Record<string, string>> {
  await eventually('every event is handed over', async () => (await pool.query('select from platform.outbox')).rowCount === 0);
  const { rows: tables } = await pool.query<{ name: string }>(
    `select quote_ident(table_schema) || '.' || quote_ident(table_name) as name from information_schema.tables
      where table_schema in ('identity', 'profile', 'documents', 'applications', 'payments', 'notifications') and table_type = 'BASE TABLE'
        and (table_schema, table_name) not in (('identity', 'session'), ('identity', 'staff_session'), ('notifications', 'delivery'))
      order by 1`,
  );
  const prints: Record<string, string> = {};
  for (const { name } of tables) {
    const { rows } = await pool.query<{ print: string }>(`select md5(coalesce(string_agg(t::text, chr(10) order by t::text), '')) as print from ${name} t`);
    prints[name] = rows[0]!.print;
  }
  return prints;
}
