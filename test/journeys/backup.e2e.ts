import { existsSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { type Browser, type Page } from 'playwright-core';
import { newPerson, openBrowser } from '../support/browser.js';
import { type Belongings, useEverything } from '../support/busy-citizen.js';
import { MARIA, signIn } from '../support/citizen.js';
import { runCommand } from '../support/commands.js';
import { look, send } from '../support/hand.js';
import { type Product, startProduct } from '../support/product.js';
import { jpeg } from '../support/sample-files.js';
import { temporaryFolder } from '../support/temporary-folder.js';

interface Saved {
  readonly tables: readonly { readonly name: string; readonly rows: number; readonly sha256: string }[];
  readonly sequences: readonly unknown[];
  readonly files: { readonly count: number; readonly missing: readonly string[] };
}

const manifestIn = (backup: string) => JSON.parse(readFileSync(join(backup, 'manifest.json'), 'utf8')) as Saved;
const filesIn = (backup: string): string[] => readFileSync(join(backup, 'SHA256SUMS'), 'utf8').split('\n').filter((line) => line.includes('  files/')).sort();

/** A backup of a product that is in use, and the same product on another machine. */
describe('A product that is restored', () => {
  let browser: Browser;
  let product: Product;
  let folder: string;
  let citizen: Page;
  let own: Belongings;

  beforeAll(async () => {
    folder = temporaryFolder('lk-backup-');
    [browser, product] = await Promise.all([openBrowser(), startProduct()]);
    citizen = await (await newPerson(browser)).newPage();
    own = await useEverything(citizen, await (await newPerson(browser)).newPage(), product);
  }, 300_000);
  afterAll(async () => {
    await browser.close();
    await product.remove();
    rmSync(folder, { recursive: true, force: true });
  }, 60_000);

  const commandOn = (dataDir: string, program: string, ...args: string[]) => runCommand(program, args, { DATA_DIR: dataDir });

  it('has every row and every file of the backup, which was taken while people worked, and shows them', async () => {
    const backup = join(folder, 'backup');
    let taking = true;
    const written = (async () => {
      let count = 0;
      for (; taking; count++) {
        const car = { make: 'ГАЗ', plateType: '1', grz: `В${String(count % 900 + 100)}ОР78`, sts: `78${String(10_000_000 + count)}` };
        expect((await send(citizen, '/profile/vehicles', car)).status).toBe(200);
      }
      return count;
    })();
    const taken = await commandOn(product.dataDir, 'backup.js', backup, '--with-keys');
    taking = false;
    expect(await written).toBeGreaterThan(0);
    expect(taken).toEqual({ code: 0, output: expect.stringContaining('THE KEYS ARE IN IT') });
    await product.stop();

    const dataDir = join(folder, 'elsewhere');
    expect(await commandOn(dataDir, 'restore.js', backup)).toMatchObject({ code: 0, output: expect.stringContaining('all are as they were') });
    // The command started the database by itself, and has stopped it.
    expect(existsSync(join(dataDir, 'postgres', 'postmaster.pid'))).toBe(false);
    const again = join(folder, 'again');
    expect(await commandOn(dataDir, 'backup.js', again)).toMatchObject({ code: 0 });
    const [before, after] = [manifestIn(backup), manifestIn(again)];
    expect(after.tables).toEqual(before.tables);
    expect(after.sequences).toEqual(before.sequences);
    expect(filesIn(again)).toEqual(filesIn(backup));
    expect(before.files.count).toBeGreaterThan(0);
    expect(before.files.missing).toEqual([]);
    const rowsOf = (table: string) => before.tables.find(({ name }) => name === table)!.rows;
    for (const table of ['applications.service_application', 'payments.payment', 'documents.personal_document', 'documents.electronic_document', 'bullmq.scheduler'])
      expect(`${table}: ${rowsOf(table) > 0}`).toBe(`${table}: true`);

    product = await startProduct({ dataDir });
    const page = await (await newPerson(browser)).newPage();
    await signIn(page, product.portal, MARIA, `/documents/${own.document}`);
    expect((await page.content()).includes('Свидетельство.jpg')).toBe(true);
    const bytes = await page.evaluate(async (path) => [...new Uint8Array(await (await fetch(path)).arrayBuffer())], `/files/${own.documentFile}`);
    expect(Buffer.from(bytes).equals(jpeg())).toBe(true);
    for (const path of [`/applications/${own.application}`, `/payments/${own.payment}`, `/documents/electronic/${own.electronicDocument}`])
      expect(await look(page, path)).toMatchObject({ status: 200, path });
  }, 300_000);
});
