import { type Browser, type BrowserContext, type Page, type Response } from 'playwright-core';
import { newPerson, openBrowser } from '../support/browser.js';
import { type Belongings, useEverything } from '../support/busy-citizen.js';
import { OLGA, signIn } from '../support/citizen.js';
import { dayAhead, typed } from '../support/days.js';
import { look, send } from '../support/hand.js';
import { ADMINISTRATOR, signInAtOffice } from '../support/office.js';
import { faultsOf, submit } from '../support/page-faults.js';
import { type Product, startProduct } from '../support/product.js';
import { addressOf, routesOf } from '../support/routes.js';

const WIDTHS = [1280, 390];
const FIRST_VIEW_BYTES = 100_000;

/** GET routes that answer with something else than a page of their own: files, redirects, words for programs. So do all of `/api/`. */
const NOT_PAGES = [
  '/applications/:id/files/:fileId',
  '/assets/*',
  '/auth/esia',
  '/auth/esia/callback',
  '/callbacks/bank',
  '/drafts/:id',
  '/files/:id',
  '/files/:id/preview',
  '/health/live',
  '/health/ready',
  '/metrics',
  '/notifications/:id',
  '/office/applications/:id/files/:fileId',
  '/payments/:id/receipt.pdf',
  '/payments/return',
  '/payments/search',
  '/profile/return',
];

/** What a page has to be told besides its path. */
const QUERIES: Readonly<Record<string, (own: Belongings) => string>> = {
  '/applications/attach': ({ documentFile }) => `?file=${documentFile}`,
};

/** Steps that every service words alike. */
const SAME_IN_ALL = /\/(APPLICANT|CONSENT)$/;
const SERVICES = ['SCHOOL_FIRST_GRADE', 'BENEFIT_TRANSPORT_CARD', 'PARKING_PERMIT_LARGE_FAMILY', 'MFC_APPOINTMENT'];

describe('Every page', () => {
  let product: Product;
  let browser: Browser;
  let pages: string[];
  let own: Belongings;
  let citizen: BrowserContext;
  let clerk: BrowserContext;
  let administrator: BrowserContext;
  let stranger: BrowserContext;
  /** A beginner has nothing yet: the pages are empty. */
  let beginner: BrowserContext;
  let steps: string[];

  beforeAll(async () => {
    [product, browser] = await Promise.all([startProduct(), openBrowser()]);
    pages = (await routesOf(product.dataDir)).filter(({ method, path }) => method === 'GET' && !path.startsWith('/api/') && !NOT_PAGES.includes(path)).map(({ path }) => path);
    [citizen, clerk, stranger, beginner, administrator] = await Promise.all(Array.from({ length: 5 }, () => newPerson(browser))) as [BrowserContext, BrowserContext, BrowserContext, BrowserContext, BrowserContext];
    const mariasPage = await citizen.newPage();
    own = await useEverything(mariasPage, await clerk.newPage(), product);
    steps = await startedSteps(mariasPage, own.draft);
    await signIn(await beginner.newPage(), product.portal, OLGA);
    await signInAtOffice(await administrator.newPage(), product, ADMINISTRATOR);
  }, 240_000);

  afterAll(async () => {
    await browser.close();
    await product.remove();
  }, 60_000);

  describe.each(WIDTHS)('at %i px', (width) => {
    const at = async (person: BrowserContext): Promise<Page> => {
      const page = await person.newPage();
      await page.setViewportSize({ width, height: 900 });
      return page;
    };

    it('of the routes is sound', async () => {
      const [mine, office, outside, administration] = await Promise.all([at(citizen), at(clerk), at(stranger), at(administrator)]);
      const faults: string[] = [];
      const titles = new Map<string, string>();
      for (const path of pages) {
        const inside = path === '/office/staff' ? administration : path.startsWith('/office/') ? office : mine;
        const page = path === '/office/sign-in' || path === '/' ? outside : inside;
        faults.push(...(await faultsOf(page, path, () => page.goto(product.portal + addressOf(path, own) + (QUERIES[path]?.(own) ?? '')))));
        const title = `${await page.title()} ${page === office ? 'at the back-office' : ''}`;
        if (titles.has(title)) faults.push(`${path} has the title of ${titles.get(title)}: ${title}`);
        titles.set(title, path);
      }
      expect(faults).toEqual([]);
      expect(pages.length).toBeGreaterThan(30);
    }, 240_000);

    it('of the forms of services is sound', async () => {
      const page = await at(citizen);
      const faults: string[] = [];
      for (const path of steps) faults.push(...(await faultsOf(page, shortened(path), () => page.goto(product.portal + path))));
      expect(faults).toEqual([]);
    }, 240_000);

    it('is sound when a form is refused', async () => {
      const [mine, office, outside] = await Promise.all([at(citizen), at(clerk), at(stranger)]);
      await Promise.all([mine.goto(`${product.portal}/profile`), office.goto(`${product.portal}/office/queue`), outside.goto(`${product.portal}/office/sign-in`)]);
      const faults: string[] = [];
      const refused = async (page: Page, path: string, fields: Record<string, string> = {}, { multipart = false, status = 422 } = {}) => {
        faults.push(...(await faultsOf(page, `refused ${path}`, () => submit(page, addressOf(path, own), fields, multipart), status)));
      };
      await refused(mine, '/profile/vehicles', { make: '', grz: 'Я', sts: '1' });
      await refused(mine, '/profile/vehicles/:id', { make: 'LADA Vesta', plateType: '1', grz: 'А123ВС178', sts: '7812345678', version: '99' }, { status: 409 });
      await refused(mine, '/documents/add/:kind', {}, { multipart: true });
      await refused(mine, '/documents/:id/edit', { version: '1' });
      await refused(mine, '/documents/:id/files', {}, { multipart: true });
      await refused(mine, '/drafts/:id/steps/:step', { version: await versionOf(mine, own.draft), 'answers[text]': 'Коротко', 'answers[demand]': '' });
      await refused(mine, '/drafts/:id/steps/:step', { version: '1', 'answers[text]': 'Старое', 'answers[demand]': '' }, { status: 412 });
      await refused(mine, '/drafts/:id/submit', { version: await versionOf(mine, own.draft), idempotencyKey: crypto.randomUUID() });
      await refused(mine, '/drafts/:id/files/:field', {}, { multipart: true });
      await refused(mine, '/drafts/:id/files/:field/cabinet');
      await refused(mine, '/applications/:id/answer', { seen: await seenOf(mine, `/applications/${own.application}`) }, { multipart: true });
      await refused(mine, '/payments/search', { requisiteKind: 'INN', requisite: '1' });
      await refused(mine, '/settings', { version: '1', windowFrom: '25:00', windowUntil: '' });
      await refused(mine, '/fines/:id/pay', { quotedKopecks: '1', idempotencyKey: crypto.randomUUID() }, { status: 409 });
      const seen = await seenOf(office, `/office/applications/${own.application}`);
      await refused(office, '/office/applications/:id/progress', { seen }, { multipart: true, status: 409 });
      await refused(office, '/office/applications/:id/request-info', { seen });
      await refused(office, '/office/applications/:id/decision', { seen }, { multipart: true });
      await refused(office, '/office/applications/:id/accept', { seen }, { status: 409 });
      await refused(outside, '/office/sign-in');
      await refused(outside, '/services/:code/draft', { _csrf: 'stale' }, { status: 403 });
      faults.push(...(await faultsOf(outside, 'no such page', () => outside.goto(`${product.portal}/nowhere`), 404)));
      faults.push(...(await faultsOf(mine, 'nobody’s fine', () => mine.goto(`${product.portal}/fines/${crypto.randomUUID()}`), 404)));
      expect(faults).toEqual([]);
    }, 240_000);

    it('of a document is sound, wherever it comes from and when its number is shown', async () => {
      const page = await at(citizen);
      const faults = await faultsOf(page, 'kinds sought', () => page.goto(`${product.portal}/documents/add?q=${encodeURIComponent('паспорт')}`));
      faults.push(...(await faultsOf(page, 'no such kind', () => page.goto(`${product.portal}/documents/add?q=ъъъ`))));
      await page.goto(`${product.portal}/documents`);
      const passport = await page.getByRole('link', { name: 'Паспорт гражданина РФ', exact: true }).getAttribute('href');
      faults.push(...(await faultsOf(page, 'document of ESIA', () => page.goto(product.portal + passport!))));
      faults.push(...(await faultsOf(page, 'document with its number', () => submit(page, passport!, {}))));
      expect(await page.locator('main').innerText()).toContain('123456');
      expect(new URL(page.url()).pathname + new URL(page.url()).search).toBe(passport);
      faults.push(...(await faultsOf(page, 'document removed', () => page.goto(`${product.portal}/documents?removed=${own.document}`))));
      expect(faults).toEqual([]);
    }, 240_000);

    it('is sound when there is nothing to show yet', async () => {
      const page = await at(beginner);
      const faults: string[] = [];
      const empty = ['/cabinet', '/profile', '/documents', '/documents/electronic', '/organizations', '/applications', '/applications/drafts', '/payments', '/fines', '/notifications', '/settings', '/services?q=' + 'ъ'.repeat(5)];
      for (const path of empty) faults.push(...(await faultsOf(page, `empty ${path}`, () => page.goto(product.portal + path))));
      expect(faults).toEqual([]);
    }, 240_000);

    it('is sound in the dark', async () => {
      const page = await at(citizen);
      await page.emulateMedia({ colorScheme: 'dark' });
      const faults: string[] = [];
      const some = ['/', '/cabinet', '/fines', '/documents', '/documents/:id', '/documents/add', '/documents/add/:kind', '/documents/electronic/:id', '/applications/:id', '/drafts/:id/steps/:step', '/settings', '/services', '/profile'];
      for (const path of some) faults.push(...(await faultsOf(page, `dark ${path}`, () => page.goto(product.portal + addressOf(path, own)))));
      expect(faults).toEqual([]);
    }, 240_000);

    it('of the sandboxes is sound', async () => {
      const [mine, outside] = await Promise.all([at(citizen), at(stranger)]);
      const { portal, esia, bank, gibdd, inbox } = product;
      const faults: string[] = [];
      const addresses = [`${portal}/auth/esia`, esia, `${esia}/profile/user/personal`, bank, gibdd, inbox, `${inbox}/codes`];
      for (const address of addresses) faults.push(...(await faultsOf(outside, `sandbox ${address.replace(/:\d+/, '')}`, () => outside.goto(address))));
      faults.push(...(await faultsOf(mine, 'sandbox ESIA profile', () => mine.goto(`${esia}/profile/user/personal`))));
      faults.push(...(await faultsOf(mine, 'sandbox bank page', () => openBank(mine, portal, own.unpaidFine))));
      expect(faults).toEqual([]);
    }, 240_000);
  });

  it.each(['/', '/cabinet'])('%s is light at the first view', async (path) => {
    const visitor = await newPerson(browser);
    await visitor.addCookies(await citizen.cookies());
    const page = await visitor.newPage();
    const sizes: Promise<number>[] = [];
    page.on('requestfinished', (request) => {
      if (request.resourceType() !== 'font') sizes.push(request.sizes().then(({ responseBodySize, responseHeadersSize }) => responseBodySize + responseHeadersSize));
    });
    await page.goto(product.portal + path, { waitUntil: 'networkidle' });
    const bytes = (await Promise.all(sizes)).reduce((sum, size) => sum + size, 0);
    expect(bytes).toBeGreaterThan(10_000);
    expect(bytes).toBeLessThanOrEqual(FIRST_VIEW_BYTES);
  }, 60_000);

  it('lets a form be found, filled and sent by the keyboard alone', async () => {
    const page = await citizen.newPage();
    await page.goto(`${product.portal}/profile/vehicles/new`);
    await page.keyboard.press('Tab');
    expect(await focused(page)).toMatchObject({ text: 'Перейти к содержанию', isMarked: true });
    await page.keyboard.press('Enter');
    for (const [name, typed] of [['make', 'Москвич 3'], ['plateType', ''], ['grz', 'в 002 ор 78'], ['sts', '78 00 000002']] as const) {
      await page.keyboard.press('Tab');
      expect(await focused(page)).toMatchObject({ name, isMarked: true });
      await page.keyboard.type(typed);
    }
    await page.keyboard.press('Enter');
    await page.waitForURL(/\/profile(#.*)?$/);
    expect(await page.locator('main').innerText()).toContain('Москвич 3');
  }, 60_000);

  it('tidies numbers of documents that are pasted in any shape', async () => {
    const page = await citizen.newPage();
    const tidied = async (kind: string, pasted: Readonly<Record<string, string>>) => {
      await page.goto(`${product.portal}/documents/add/${kind}`);
      for (const [label, text] of Object.entries(pasted)) {
        await page.getByLabel(label, { exact: true }).fill(text);
        await page.keyboard.press('Tab');
      }
      return page.locator('input.mono').evaluateAll((inputs) => inputs.map((input) => (input as HTMLInputElement).value));
    };
    expect(await tidied('RF_PASSPORT', { Серия: '40 08 № 123456', 'Код подразделения': '780099' })).toEqual(['4008', '123456', '780-099']);
    expect(await tidied('RF_PASSPORT', { Номер: '12-34б', Серия: '4008123456' })).toEqual(['4008123456', '1234б', '']);
    expect(await tidied('RF_BIRTH_CERTIFICATE', { Серия: 'iv ак', Номер: '000 123' })).toEqual(['IV-АК', '000123', '']);
    expect(await tidied('DRIVING_LICENCE', { Номер: '78ab123456' })).toEqual(['78 АВ 123456']);
    expect(await tidied('SNILS', { СНИЛС: '11223344595' })).toEqual(['112-233-445 95']);
  }, 60_000);

  it('shows kinds of documents while one types', async () => {
    const page = await citizen.newPage();
    await page.goto(`${product.portal}/documents/add`);
    const shown = () => page.locator('[data-words]:visible a').allInnerTexts();
    expect((await shown()).length).toBeGreaterThan(20);
    await page.getByLabel('Название документа').pressSequentially('права');
    expect(await shown()).toEqual(['Водительское удостоверение']);
    expect(await page.getByRole('status').filter({ hasText: 'в списке' }).innerText()).toBe('1 документ в списке');
    await page.getByLabel('Название документа').fill('ъъъ');
    expect(await shown()).toEqual([]);
    expect(await page.getByText('Такого документа в списке нет').isVisible()).toBe(true);
  }, 60_000);

  it('begins the renewal of a document that ends with one click', async () => {
    const page = await beginner.newPage();
    await page.goto(`${product.portal}/documents/add/RF_FOREIGN_PASSPORT`);
    const requisites = { Серия: '99', Номер: '0000012', 'Дата выдачи': '01.03.2022', 'Действителен до': typed(dayAhead(12)), 'Кем выдан': 'МВД 78001' };
    for (const [label, text] of Object.entries(requisites)) await page.getByLabel(label, { exact: true }).fill(text);
    await page.getByRole('button', { name: 'Добавить документ' }).click();
    await page.getByText('Истекает через 12 дней').waitFor();
    await page.goto(`${product.portal}/documents`);
    await page.getByRole('button', { name: /Заменить документ.*Заграничный паспорт гражданина РФ/ }).click();
    await page.waitForURL(/\/drafts\/.*\/PLACE_AND_TIME$/);
    await page.goto(page.url().replace('PLACE_AND_TIME', 'SERVICE'));
    expect(await page.locator('main option:checked, main :checked + label').allInnerTexts()).toContain('Оформление заграничного паспорта');
  }, 60_000);

  it('works without scripts', async () => {
    const person = await newPerson(browser, { javaScript: false });
    await person.addCookies(await citizen.cookies());
    const page = await person.newPage();
    await page.goto(`${product.portal}/profile/vehicles/new`);
    await page.getByLabel('Марка транспортного средства').fill('ГАЗ');
    await page.getByRole('button', { name: 'Добавить транспортное средство' }).click();
    expect(await page.title()).toMatch(/^Ошибка: /);
    expect(await page.getByLabel('Марка транспортного средства').inputValue()).toBe('ГАЗ');
  }, 60_000);
});

const shortened = (path: string): string => path.replace(/[\w-]{36}/, ':id');

const versionOf = async (page: Page, draft: string): Promise<string> =>
  /name="version" value="(\d+)"/.exec((await look(page, `/drafts/${draft}/steps/TEXT`)).html)?.[1] ?? '';

const seenOf = async (page: Page, path: string): Promise<string> => /name="seen" value="(\d+)"/.exec((await look(page, path)).html)?.[1] ?? '';

/** Addresses of all steps of a draft of every service; the complaint is begun already. */
async function startedSteps(page: Page, complaint: string): Promise<string[]> {
  const drafts = [complaint];
  for (const code of SERVICES) {
    const { path } = await send(page, `/services/${code}/draft`);
    drafts.push(path.split('/')[2]!);
  }
  const addresses: string[] = [];
  for (const draft of drafts) {
    const { html, status } = await look(page, `/drafts/${draft}/check`);
    if (status !== 200) throw new Error(`The check of ${draft} answers ${status}`);
    const steps = new Set([...html.matchAll(/href="(\/drafts\/[\w-]{36}\/steps\/\w+)/g)].map(([, href]) => href!));
    const own = [...steps].filter((href) => draft === complaint || !SAME_IN_ALL.test(href));
    addresses.push(`/drafts/${draft}/check`, ...own);
  }
  return addresses;
}

async function openBank(page: Page, portal: string, fine: string): Promise<Response | null> {
  await page.goto(`${portal}/fines/${fine}`);
  const shown = page.getByRole('link', { name: 'Посмотреть платёж' });
  if (await shown.isVisible()) await shown.click();
  await Promise.all([page.waitForURL(/payment_ru\.html/), page.getByRole('button', { name: /Оплатить|Продолжить оплату/ }).click()]);
  return page.goto(page.url());
}

/** The element that has the focus, and whether one can see that it has. */
const focused = (page: Page) =>
  page.evaluate(() => {
    const element = document.activeElement as HTMLInputElement;
    const { outlineStyle, outlineWidth, boxShadow } = getComputedStyle(element);
    return { name: element.name, text: element.textContent?.trim(), isMarked: (outlineStyle !== 'none' && parseFloat(outlineWidth) >= 2) || boxShadow !== 'none' };
  });
