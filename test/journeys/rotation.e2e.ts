import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import pg from 'pg';
import { type Browser, type Page } from 'playwright-core';
import { newPerson, openBrowser } from '../support/browser.js';
import { type Belongings, useEverything } from '../support/busy-citizen.js';
import { MARIA, signIn } from '../support/citizen.js';
import { type Outcome, runCommand } from '../support/commands.js';
import { look, send, sendFile } from '../support/hand.js';
import { type Product, startProduct } from '../support/product.js';
import { databaseOf } from '../support/routes.js';
import { pdf } from '../support/sample-files.js';
import { wholeDatabase } from '../support/whole-database.js';

/** How many times each thing was done. */
type Deeds = Record<'edits' | 'reads' | 'uploads', number>;

/** The keys of a product are changed while a citizen reads, edits and uploads. */
describe('A product whose keys are rotated', () => {
  let product: Product;
  let browser: Browser;
  let own: Belongings;
  let citizen: Page;
  /** The number of the certificate as it was saved last, and every file that was uploaded by now. */
  let latest = '000123';
  const uploaded = new Map<string, Buffer>();

  beforeAll(async () => {
    [browser, product] = await Promise.all([openBrowser(), startProduct()]);
    citizen = await (await newPerson(browser)).newPage();
    own = await useEverything(citizen, await (await newPerson(browser)).newPage(), product);
  }, 300_000);
  afterAll(async () => {
    await browser.close();
    await product.remove();
  }, 60_000);

  const keys = (): string[] => (JSON.parse(readFileSync(join(product.dataDir, 'secrets.json'), 'utf8')) as { DATA_KEYS: string }).DATA_KEYS.split(',').map((key) => key.split(':')[0]!);
  const rotate = (...args: string[]): Promise<Outcome> => runCommand('rotate-keys.js', args, { DATA_DIR: product.dataDir });
  const startAgain = async (): Promise<void> => {
    await product.stop();
    product = await startProduct({ dataDir: product.dataDir });
    citizen = await (await newPerson(browser)).newPage();
    await signIn(citizen, product.portal, MARIA, '/documents');
  };
  const inDatabase = async <T>(work: (pool: pg.Pool) => Promise<T>): Promise<T> => {
    const pool = new pg.Pool({ connectionString: databaseOf(product.dataDir), max: 1 });
    return work(pool).finally(() => pool.end());
  };
  /** Keys that anything in any table rests on. */
  const keysInDatabase = async (): Promise<string[]> => {
    const rows = await inDatabase(wholeDatabase);
    return [...new Set(rows.flatMap(({ text }) => [...text.matchAll(/\bv1\.(k\d+)\./g)].map(([, id]) => id!)))];
  };
  const bytesOf = async (path: string): Promise<Buffer> => {
    const response = await citizen.context().request.get(`${product.portal}${path}`);
    expect({ path, status: response.status() }).toEqual({ path, status: 200 });
    return response.body();
  };

  const edit = async (round: number): Promise<void> => {
    const path = `/documents/${own.document}/edit`;
    const version = /name="version" value="(\d+)"/.exec((await look(citizen, path)).html)![1]!;
    const number = String(200_000 + round);
    const certificate = { series: 'II-АК', number, issueDate: '07.07.2018', issuedBy: 'Отдел ЗАГС Невского района' };
    const fields = Object.fromEntries(Object.entries(certificate).map(([name, value]) => [`requisites[${name}]`, value]));
    expect(await send(citizen, path, { version, childId: '', ...fields })).toMatchObject({ status: 200, path: `/documents/${own.document}` });
    latest = number;
  };
  const upload = async (): Promise<void> => {
    const content = pdf({ extra: `/Note (${uploaded.size})` });
    const { status, html } = await sendFile(citizen, '/files', { fields: {}, file: { field: 'file', name: 'Скан.pdf', content } });
    expect(status).toBe(201);
    uploaded.set((JSON.parse(html) as { fileId: string }).fileId, content);
  };
  const read = async (round: number): Promise<void> => {
    expect((await look(citizen, `/applications/${own.application}`)).status).toBe(200);
    const [fileId, content] = [...uploaded][round % uploaded.size]!;
    expect((await bytesOf(`/files/${fileId}`)).equals(content)).toBe(true);
  };

  /** Runs the command while the citizen works on; nothing of that work may fail. */
  const rotateInUse = async (...args: string[]): Promise<{ outcome: Outcome; deeds: Deeds }> => {
    const deeds: Deeds = { edits: 0, reads: 0, uploads: 0 };
    let busy = true;
    let round = Number(latest) % 100_000;
    const whileBusy = async (deed: keyof Deeds, work: () => Promise<void>) => {
      do {
        await work();
        deeds[deed] += 1;
      } while (busy);
    };
    const unhindered = whileBusy('reads', async () => {
      await inDatabase((pool) => pool.query('delete from platform.rate_limit'));
      await read(deeds.reads);
    });
    const use = [unhindered, whileBusy('edits', () => edit((round += 1))), whileBusy('uploads', upload)];
    const outcome = await rotate(...args).finally(() => (busy = false));
    await Promise.all(use);
    return { outcome, deeds };
  };

  it('goes on, loses nothing, and needs the old key no more', async () => {
    await upload();
    expect(keys()).toEqual(['k1']);
    expect(await keysInDatabase()).toEqual(['k1']);

    const added = await rotateInUse();
    expect(added.outcome).toMatchObject({ code: 0, output: expect.stringContaining('«k2» was added. Start the product again') });
    expect(keys()).toEqual(['k1', 'k2']);
    expect(await keysInDatabase()).toEqual(['k1']);

    await startAgain();
    const begun = await rotateInUse();
    expect(begun.outcome).toMatchObject({ code: 0, output: expect.stringContaining('a running process still writes with «k1»') });
    expect(keys()).toEqual(['k2', 'k1']);

    await startAgain();
    const done = await rotateInUse();
    expect(done.outcome).toMatchObject({ code: 0, output: expect.stringContaining('Nothing rests on «k1» any more') });
    for (const count of [added, begun, done].flatMap(({ deeds }) => Object.values(deeds))) expect(count).toBeGreaterThan(0);
    expect(await keysInDatabase()).toEqual(['k2']);

    const forgotten = await rotateInUse('--forget-old');
    expect(forgotten.outcome).toMatchObject({ code: 0, output: expect.stringContaining('«k2» is the only key') });
    expect(keys()).toEqual(['k2']);

    await startAgain();
    await citizen.goto(`${product.portal}/documents/${own.document}`);
    await citizen.getByRole('button', { name: 'Показать номер' }).click();
    await citizen.getByText(latest, { exact: true }).waitFor();
    for (const [fileId, content] of uploaded) expect((await bytesOf(`/files/${fileId}`)).equals(content)).toBe(true);
    for (const fileId of [own.documentFile, own.draftFile]) expect((await bytesOf(`/files/${fileId}`)).length).toBeGreaterThan(0);
    const pages = [
      '/profile',
      '/documents',
      `/documents/electronic/${own.electronicDocument}`,
      `/drafts/${own.draft}/check`,
      `/applications/${own.application}`,
      `/applications/${own.decided}`,
      `/payments/${own.payment}`,
      `/fines/${own.unpaidFine}`,
      '/notifications',
    ];
    for (const path of pages) expect(await look(citizen, path)).toMatchObject({ status: 200, path });
    expect((await look(citizen, `/drafts/${own.draft}/check`)).html).toContain('Отказ.pdf');
    expect((await look(citizen, '/profile')).html).toContain('LADA Vesta');
    expect(product.output()).not.toMatch(/"level":"(error|fatal)"/);
  }, 300_000);
});
