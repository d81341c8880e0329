import pg from 'pg';
import { type Browser, type Page } from 'playwright-core';
import { DOCUMENT_KINDS, type DocumentKind } from '../../src/contexts/documents/domain/document-kinds.js';
import { type RequisiteDefinition } from '../../src/contexts/documents/domain/requisite-definition.js';
import { newPerson, openBrowser } from '../support/browser.js';
import { OLGA, signIn } from '../support/citizen.js';
import { DOCUMENT_EXAMPLES } from '../support/document-examples.js';
import { type Product, startProduct } from '../support/product.js';
import { databaseOf } from '../support/routes.js';

/** By the rules of her age: born 21.01.2001, so a passport of an earlier year has ended. */
const OF_OLGA: Readonly<Record<string, Readonly<Record<string, string>>>> = { RF_PASSPORT: { issueDate: '2022-06-15' } };

type Requisites = Readonly<Record<string, string>>;

/** Without the spaces and dashes that the form puts in or takes out. */
const bare = (text: string): string => text.replace(/[\s-]/g, '');

describe('Documents of every kind', () => {
  let product: Product;
  let browser: Browser;
  let page: Page;
  let pool: pg.Pool;

  beforeAll(async () => {
    [product, browser] = await Promise.all([startProduct(), openBrowser()]);
    pool = new pg.Pool({ connectionString: databaseOf(product.dataDir), max: 1 });
    page = await (await newPerson(browser)).newPage();
    await signIn(page, product.portal, OLGA);
  }, 180_000);

  /** Nobody types as fast as this: the limit on adding documents is not what is looked at here. */
  beforeEach(() => pool.query('delete from platform.rate_limit'));

  afterAll(async () => {
    await pool.end();
    await browser.close();
    await product.remove();
  }, 60_000);

  const open = async ({ code }: DocumentKind): Promise<void> => {
    await page.goto(`${product.portal}/documents/add/${code}`);
  };
  const send = async (): Promise<void> => {
    await page.getByRole('button', { name: 'Добавить документ' }).click();
    await page.waitForLoadState();
  };

  it('are all offered under their official names', async () => {
    await page.goto(`${product.portal}/documents/add`);
    for (const { label } of DOCUMENT_KINDS) await page.getByRole('link', { name: label, exact: true }).waitFor();
  });

  describe.each(DOCUMENT_KINDS.map((kind) => [kind.label, kind] as const))('%s', (label, kind) => {
    const { good, bad } = DOCUMENT_EXAMPLES[kind.code]!;

    it.each(bad.map(({ requisites, at }) => [at, JSON.stringify(requisites), requisites] as const))(
      'is refused at %s when it says %s, and everything typed stays',
      async (at, _words, requisites) => {
        await open(kind);
        await type(page, kind, requisites);
        await send();
        const summary = page.getByRole('alert').first();
        expect(await summary.locator(`a[href="#requisites.${at}"]`).count()).toBe(1);
        const field = page.locator(`[id="requisites.${at}"]`);
        expect(await field.getAttribute('aria-invalid')).toBe('true');
        for (const { code, type: kindOfField } of kind.requisites)
          if (requisites[code] && kindOfField !== 'date' && kindOfField !== 'choices')
            expect(bare(await page.locator(`[name="requisites[${code}]"]`).inputValue())).toBe(bare(requisites[code]));
      },
      30_000,
    );

    it('is added by hand', async () => {
      await open(kind);
      await type(page, kind, { ...good, ...OF_OLGA[kind.code] });
      await send();
      await page.getByText('Документ добавлен').waitFor();
      expect(await page.getByRole('heading', { level: 1 }).innerText()).toBe(label);
    }, 30_000);
  });
});

/** Types the requisites into the form of the kind, days as people write them. */
async function type(page: Page, kind: DocumentKind, requisites: Requisites): Promise<void> {
  for (const definition of kind.requisites) await typeOne(page, definition, requisites[definition.code]);
}

async function typeOne(page: Page, { code, type: kind }: RequisiteDefinition, value: string | undefined): Promise<void> {
  if (!value) return;
  const field = page.locator(`[name="requisites[${code}]"]`);
  if (kind === 'choices') for (const choice of value.split(',')) await field.and(page.locator(`[value="${choice}"]`)).check();
  else await field.fill(kind === 'date' ? value.split('-').reverse().join('.') : value);
}
