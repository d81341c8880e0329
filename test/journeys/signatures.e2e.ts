import { type Browser, type BrowserContext, type Page } from 'playwright-core';
import { newPerson, openBrowser } from '../support/browser.js';
import { MARIA, signIn } from '../support/citizen.js';
import { faultsOf, keepPicture } from '../support/page-faults.js';
import { type Product, startProduct } from '../support/product.js';
import { visiblePdf } from '../support/visible-files.js';

const CONTRACT = 'Договор.pdf';

describe('A signature beside its file', () => {
  let product: Product;
  let browser: Browser;
  let maria: BrowserContext;
  let page: Page;
  let document: string;
  let number = 123_456;

  beforeAll(async () => {
    [product, browser] = await Promise.all([startProduct(), openBrowser()]);
    maria = await newPerson(browser);
    page = await maria.newPage();
    await signIn(page, product.portal, MARIA, '/documents');
  }, 180_000);
  afterAll(async () => {
    await browser.close();
    await product.remove();
  }, 60_000);

  /** Has the file signed in the sample centre; the browser would save the answer under the name it is given. */
  const signedBy = async (signer: string, content: Buffer): Promise<Buffer> => {
    await page.goto(product.centre);
    await page.getByLabel(signer).check();
    await page
      .getByLabel('Файл, до 3 МБ')
      .setInputFiles({ name: CONTRACT, mimeType: 'application/pdf', buffer: content });
    const download = page.waitForEvent('download');
    await page.getByRole('button', { name: 'Подписать файл' }).click();
    const saved = await download;
    expect(saved.suggestedFilename()).toBe(`${CONTRACT}.sig`);
    const chunks: Buffer[] = [];
    for await (const chunk of await saved.createReadStream()) chunks.push(chunk as Buffer);
    return Buffer.concat(chunks);
  };
  const addDocument = async (content: Buffer, signature: Buffer): Promise<void> => {
    await page.goto(`${product.portal}/documents/add/HUNTING_TICKET`);
    await page.getByLabel('Серия').fill('78');
    await page.getByLabel('Номер').fill(String((number += 1)));
    await page.getByLabel('Дата выдачи').fill('01.02.2024');
    await page.getByLabel('Кем выдан').fill('Комитет по природопользованию');
    await page.locator('.upload-live').waitFor();
    await page.getByLabel('Сканы документа').setInputFiles([
      { name: CONTRACT, mimeType: 'application/pdf', buffer: content },
      { name: `${CONTRACT}.sig`, mimeType: 'application/octet-stream', buffer: signature },
    ]);
    for (const name of [CONTRACT, `${CONTRACT}.sig`]) await page.getByRole('link', { name, exact: true }).waitFor();
    await page.getByRole('button', { name: 'Добавить документ' }).click();
    await page.waitForURL(/\/documents\/[\w-]{36}/);
    document = new URL(page.url()).pathname;
  };
  const faults = async (name: string) => [
    ...(await faultsOf(page, name, () => page.goto(`${product.portal}${document}`))),
    ...(await onTelephone(`${name}-phone`)),
  ];
  const onTelephone = async (name: string) => {
    await page.setViewportSize({ width: 390, height: 844 });
    try {
      return await faultsOf(page, name, () => page.goto(`${product.portal}${document}`));
    } finally {
      await page.setViewportSize({ width: 1280, height: 900 });
    }
  };

  it('of the sample centre is confirmed without anybody reloading the page', async () => {
    const content = visiblePdf();
    await addDocument(content, await signedBy('Примерова Анна Сергеевна', content));
    await page.getByText('Подпись подтверждена').waitFor({ timeout: 20_000 });
    await page.getByText('Что проверено').click();
    await keepPicture(page, 'signature-details');
    for (const words of [
      'Совпадает с подписанным',
      'Примерова Анна Сергеевна, Комитет-образец. С тех пор',
      'ИНН 7800000020',
      'Учебный удостоверяющий центр, образец',
      'По часам подписавшего',
      'Не отозван ли',
    ])
      expect(await page.getByText(words).isVisible()).toBe(true);
    expect(await faults('signature-confirmed')).toEqual([]);
  }, 60_000);

  it('of another file is refused, and says why', async () => {
    const content = visiblePdf();
    await addDocument(content, await signedBy('Образцов Иван Петрович', Buffer.concat([content, Buffer.from('\n')])));
    await page.getByText('Подпись не подходит').waitFor({ timeout: 20_000 });
    expect(await page.getByText('файл изменили после подписания, или это не тот файл').isVisible()).toBe(true);
    await page.getByRole('button', { name: 'Проверить ещё раз' }).click();
    await page.getByText('Подписи проверены ещё раз.').waitFor();
    expect(await faults('signature-refused')).toEqual([]);
  }, 60_000);

  it('of an unknown centre matches the file and names nobody as proven', async () => {
    const content = visiblePdf();
    await addDocument(content, await signedBy('Незнакомов Олег Юрьевич', content));
    await page.getByText('подписавший не подтверждён').waitFor({ timeout: 20_000 });
    expect(await page.getByText('Кто подписал на самом деле, подтвердить нельзя').isVisible()).toBe(true);
    expect(await faults('signature-of-stranger')).toEqual([]);
  }, 60_000);
});
