import { existsSync, readdirSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import pg from 'pg';
import { type Browser, type BrowserContext, type Page } from 'playwright-core';
import { FILE_FORMATS, type FileExtension } from '../../src/contexts/documents/domain/file-format.js';
import { formatFileSize } from '../../src/platform/views/format.js';
import { type Attack, ATTACKS, STRANGE_NAMES } from '../support/attacks.js';
import { newPerson, openBrowser } from '../support/browser.js';
import { IGOR, MARIA, signIn } from '../support/citizen.js';
import { keepPicture } from '../support/page-faults.js';
import { type Product, startProduct } from '../support/product.js';
import { databaseOf } from '../support/routes.js';
import { jpeg, pdf, SAMPLE_FILES } from '../support/sample-files.js';

const LIMIT = 3_145_728;
const FORMATS = Object.keys(SAMPLE_FILES) as FileExtension[];
const NOT_CHECKED = 'Антивирусом не проверен';
const SEALED = "sandbox; default-src 'none'";
/** The viewer of the browser styles a picture by itself. */
const SEALED_PICTURE = `${SEALED}; style-src 'unsafe-inline'`;

interface NamedFile {
  readonly name: string;
  readonly mimeType: string;
  readonly buffer: Buffer;
}

const file = (name: string, buffer: Buffer): NamedFile => ({ name, mimeType: 'application/octet-stream', buffer });
/** One file of each format, under names as people give them. */
const everyFormat = (): Promise<NamedFile[]> =>
  Promise.all(FORMATS.map(async (format) => file(`Скан (копия) № 1, «${format}».${format}`, await SAMPLE_FILES[format]())));

describe('Files of a citizen', () => {
  let product: Product;
  let browser: Browser;
  let maria: BrowserContext;
  let page: Page;
  let pool: pg.Pool;

  beforeAll(async () => {
    [product, browser] = await Promise.all([startProduct(), openBrowser()]);
    pool = new pg.Pool({ connectionString: databaseOf(product.dataDir), max: 1 });
    maria = await newPerson(browser);
    page = await maria.newPage();
    await signIn(page, product.portal, MARIA);
  }, 180_000);

  /** Nobody uploads as fast as this: the limit on uploads is not what is looked at here. */
  beforeEach(() => pool.query('delete from platform.rate_limit'));

  afterAll(async () => {
    await pool.end();
    await browser.close();
    await product.remove();
  }, 60_000);

  const at = (path: string): string => `${product.portal}${path}`;
  const filesOnDisk = (): string[] => {
    const folder = join(product.dataDir, 'files');
    if (!existsSync(folder)) return [];
    return readdirSync(folder, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map(({ name }) => name)
      .sort();
  };
  const stored = async () => ({
    rows: (await pool.query<{ id: string }>('select id from documents.stored_file order by id')).rows,
    files: filesOnDisk(),
  });

  /** A new document without scans, opened. */
  const addTicket = async (shown: Page, number: string): Promise<void> => {
    await shown.goto(at('/documents/add/HUNTING_TICKET'));
    const requisites = { Серия: '78', Номер: number, 'Дата выдачи': '01.06.2024' };
    for (const [label, value] of Object.entries(requisites)) await shown.getByLabel(label, { exact: true }).fill(value);
    await shown.getByRole('button', { name: 'Добавить документ' }).click();
    await shown.getByText('Документ добавлен').waitFor();
  };
  const attachByScript = async (files: readonly NamedFile[]): Promise<void> => {
    await page.locator('.upload-live').waitFor();
    await page.getByLabel('Добавить файлы').setInputFiles([...files]);
    for (const { name } of files) await page.locator('[data-upload-list]').getByRole('link', { name, exact: true }).waitFor();
    await page.getByRole('button', { name: 'Приложить к документу' }).click();
    await page.getByText('Файлы приложены к документу').waitFor();
  };

  /** Sends a file as a script of the page would; answers the status, the type and the JSON of the answer. */
  const post = async (name: string, content: Buffer, from = page) => {
    const answer = await from.evaluate(
      async ({ shown, base64 }) => {
        const token = document.querySelector<HTMLMetaElement>('meta[name="csrf-token"]')!.content;
        const form = new FormData();
        form.append('file', new Blob([Uint8Array.from(atob(base64), (sign) => sign.charCodeAt(0))]), shown);
        const response = await fetch('/files', { method: 'POST', headers: { accept: 'application/json', 'x-csrf-token': token }, body: form });
        return { status: response.status, type: response.headers.get('content-type') ?? '', text: await response.text() };
      },
      { shown: name, base64: content.toString('base64') },
    );
    return { ...answer, json: JSON.parse(answer.text) as Record<string, string> };
  };

  /** Every file stands on the page with its size and the word about the virus scanner, and comes back as it was under its name. */
  async function comeBack(shown: Page, files: readonly NamedFile[]): Promise<void> {
    for (const { name, buffer } of files) {
      const row = shown.locator('.scans > li').filter({ hasText: name });
      const words = (await row.innerText()).replaceAll('\u00a0', ' ');
      expect(words).toContain(formatFileSize(buffer.length).replaceAll('\u00a0', ' '));
      expect(words).toContain(NOT_CHECKED);
      const [download] = await Promise.all([shown.waitForEvent('download'), row.getByRole('link', { name, exact: true }).click()]);
      expect(download.suggestedFilename()).toBe(name);
      expect((await readFile(await download.path())).equals(buffer)).toBe(true);
    }
  }

  const idsOn = async (shown: Page): Promise<string[]> =>
    Promise.all(
      (await shown.locator('.scans > li .file-body > a').all()).map(async (link) => (await link.getAttribute('href'))!),
    );

  it('of all ten formats are taken by the field that has a script, and come back byte for byte', async () => {
    const files = await everyFormat();
    await addTicket(page, '100001');
    await attachByScript(files);
    await keepPicture(page, 'ten formats');
    await comeBack(page, files);
    await page.getByText('Приложено 10 файлов, больше нельзя').waitFor();
  }, 120_000);

  it('of all ten formats are taken from a browser without scripts', async () => {
    const plain = await newPerson(browser, { javaScript: false });
    await plain.addCookies(await maria.cookies());
    const shown = await plain.newPage();
    const files = await everyFormat();
    await addTicket(shown, '100002');
    await shown.getByLabel('Добавить файлы').setInputFiles(files);
    await shown.getByRole('button', { name: 'Приложить к документу' }).click();
    await shown.getByText('Файлы приложены к документу').waitFor();
    await comeBack(shown, files);
    await plain.close();
  }, 120_000);

  it('are given out so that nothing in them runs, and to nobody else', async () => {
    await addTicket(page, '100003');
    const files = await everyFormat();
    await attachByScript(files);
    const igor = await newPerson(browser);
    await signIn(await igor.newPage(), product.portal, IGOR);
    const stranger = await newPerson(browser);

    const hrefs = await idsOn(page);
    expect(hrefs).toHaveLength(FORMATS.length);
    for (const [index, format] of FORMATS.entries()) {
      const name = encodeURIComponent(files[index]!.name).replace('(', '%28').replace(')', '%29');
      const sent = (policy: string, disposition: string) => ({
        'content-type': FILE_FORMATS[format],
        'x-content-type-options': 'nosniff',
        'content-security-policy': policy,
        'content-disposition': `${disposition}; filename*=UTF-8''${name}`,
      });
      const download = await maria.request.get(at(hrefs[index]!));
      expect(download.status()).toBe(200);
      expect(download.headers()).toMatchObject(sent(SEALED, 'attachment'));
      expect(download.headers()['cache-control']).toContain('no-store');

      const preview = await maria.request.get(at(`${hrefs[index]}/preview`));
      const isPicture = format === 'jpg' || format === 'jpeg';
      expect([format, preview.status()]).toEqual([format, isPicture ? 200 : 415]);
      if (isPicture) expect(preview.headers()).toMatchObject(sent(SEALED_PICTURE, 'inline'));

      for (const path of [hrefs[index]!, `${hrefs[index]}/preview`]) {
        expect((await igor.request.get(at(path))).status()).toBe(404);
        expect(await (await stranger.request.get(at(path), { maxRedirects: 0 })).body()).not.toEqual(files[index]!.buffer);
      }
    }
    await igor.close();
    await stranger.close();
  }, 120_000);

  describe('that attack', () => {
    beforeAll(() => page.goto(at('/documents')));

    it.each(Object.entries(ATTACKS))('by %s are refused in words, and nothing of them stays', async (_what, attack) => {
      const before = await stored();
      const { status, type, json } = await post(attack.name, await attack.content());
      expect({ status, code: json['code'] }).toEqual({ status: attack.status, code: attack.code });
      expect(type).toContain('application/problem+json');
      expect(json['detail']).toMatch(/^[А-Я][^{}]*[а-я]{3,}.*\.$/);
      expect(await stored()).toEqual(before);
    }, 30_000);

    const ON_THE_PAGE: readonly (readonly [attack: string, words: string])[] = [
      ['an HTML page named .doc', 'Содержимое не соответствует расширению doc'],
      ['macros under the type of a plain document', 'В документе есть макросы'],
      ['a locked PDF', 'Файл защищён паролем'],
      ['a PDF with a script', 'В файле есть сценарии, вложенные объекты или ссылки на внешние части'],
      ['a zip bomb', 'Файл устроен необычно и может быть опасен'],
      ['a picture too wide', 'Изображение слишком велико'],
      ['a program after a double extension', 'Такой формат не принимается'],
    ];
    const chosen = (): Promise<NamedFile[]> =>
      Promise.all(
        ON_THE_PAGE.map(async ([what], index) => {
          const { name, content } = ATTACKS[what] as Attack;
          return file(`${index} ${name}`, await content());
        }),
      );

    it('are refused at the file on the page, in words that say what to do', async () => {
      await addTicket(page, '100004');
      await page.locator('.upload-live').waitFor();
      const before = await stored();
      const files = await chosen();
      await page.getByLabel('Добавить файлы').setInputFiles(files);
      for (const [index, [, words]] of ON_THE_PAGE.entries())
        await page.locator('[data-upload-list] > li').filter({ hasText: files[index]!.name }).locator('[data-file-refusal]').getByText(words).waitFor();
      await keepPicture(page, 'refused files');
      expect(await page.locator('input[name=fileIds]').count()).toBe(0);
      expect(await stored()).toEqual(before);
    }, 60_000);

    it('are refused at the field where no script runs, each by its name', async () => {
      const plain = await newPerson(browser, { javaScript: false });
      await plain.addCookies(await maria.cookies());
      const shown = await plain.newPage();
      await addTicket(shown, '100005');
      const before = await stored();
      const files = await chosen();
      await shown.getByLabel('Добавить файлы').setInputFiles(files);
      await shown.getByRole('button', { name: 'Приложить к документу' }).click();
      const summary = await shown.getByRole('alert').first().innerText();
      for (const [index, [, words]] of ON_THE_PAGE.entries()) expect(summary).toContain(`«${files[index]!.name}»: ${words}`);
      expect(await shown.getByLabel('Добавить файлы').getAttribute('aria-invalid')).toBe('true');
      expect(await stored()).toEqual(before);
      await plain.close();
    }, 60_000);
  });

  it.each(STRANGE_NAMES)('named «%s» are kept as «%s»', async (given, kept) => {
    await page.goto(at('/documents'));
    const uploaded = await post(given, pdf());
    expect({ status: uploaded.status, name: uploaded.json['name'] }).toEqual({ status: 201, name: kept });
    expect(filesOnDisk().join()).not.toMatch(/pdf|passwd|scan/i);
  }, 30_000);

  it('that sign a file of another format keep both extensions', async () => {
    await page.goto(at('/documents'));
    expect(await post('contract.pdf.sig', await SAMPLE_FILES.sig())).toMatchObject({ status: 201, json: { name: 'contract.pdf.sig', extension: 'sig' } });
  }, 30_000);

  it('of 3 145 728 bytes pass, and of one byte more do not', async () => {
    await page.goto(at('/documents'));
    const ofLength = (bytes: number) => Buffer.concat([jpeg(), Buffer.alloc(bytes - jpeg().length)]);
    expect(await post('Большое фото.jpg', ofLength(LIMIT))).toMatchObject({ status: 201, json: { bytes: LIMIT } });
    expect(await post('Большое фото.jpg', ofLength(LIMIT + 1))).toMatchObject({ status: 413, json: { code: 'documents.file-too-large' } });
  }, 60_000);

  it('that are equal are stored once for one person, and again for another', async () => {
    await page.goto(at('/documents'));
    const scan = pdf({ extra: '/Note (sent twice)' });
    const none = filesOnDisk();
    const ids = [await post('Скан.pdf', scan), await post('Тот же скан.pdf', scan)].map(({ json }) => json['fileId']!);
    const one = filesOnDisk();
    expect(one).toHaveLength(none.length + 1);
    expect(new Set(ids).size).toBe(2);
    for (const id of ids) expect((await (await maria.request.get(at(`/files/${id}`))).body()).equals(scan)).toBe(true);

    const igor = await (await newPerson(browser)).newPage();
    await signIn(igor, product.portal, IGOR);
    expect((await post('Скан.pdf', scan, igor)).status).toBe(201);
    expect(filesOnDisk()).toHaveLength(one.length + 1);
    await igor.context().close();
  }, 60_000);

  it('of one person are 100 MB together and no more', async () => {
    const igor = await (await newPerson(browser)).newPage();
    await signIn(igor, product.portal, IGOR);
    const photo = (note: number) => Buffer.concat([jpeg(), Buffer.from(String(note).padStart(LIMIT - jpeg().length))]);
    // 33 files of 3 MB and what he sent before fit; the next one does not.
    for (let count = 0; count < 33; count++) expect((await post('Фото.jpg', photo(count), igor)).status).toBe(201);
    const before = await stored();
    const refused = await post('Фото.jpg', photo(33), igor);
    expect(refused).toMatchObject({ status: 422, json: { code: 'documents.quota-exceeded' } });
    expect(refused.json['detail']).toContain('заняли 100 МБ');
    expect(await stored()).toEqual(before);
    await igor.context().close();
  }, 180_000);
});
