import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { MikroORM, RequestContext } from '@mikro-orm/postgresql';
import { CommandBus } from '@nestjs/cqrs';
import { NestFactory } from '@nestjs/core';
import pg from 'pg';
import { type Browser, type Page } from 'playwright-core';
import { AppModule } from '../../src/app.module.js';
import { TellOfExpiry } from '../../src/contexts/documents/application/tell-of-expiry.js';
import { beginService, goOnTo, send } from '../support/application-forms.js';
import { openBrowser } from '../support/browser.js';
import { MARIA, signIn } from '../support/citizen.js';
import { dayAhead, typed } from '../support/days.js';
import { arrived } from '../support/inbox.js';
import { CLERK, openCase, signInAtOffice } from '../support/office.js';
import { type Product, startProduct } from '../support/product.js';
import { configBeside, databaseOf } from '../support/routes.js';
import { pdf } from '../support/sample-files.js';
import { Traveller } from '../support/traveller.js';
import { type StoredRow, wholeDatabase } from '../support/whole-database.js';

/** What is typed in the walk; all invented, none of it is known to ESIA. */
const PASSPORT = '7654321';
const BIRTH = 'DE-2020/0777';
const INN = '780009876508';
const SNILS = '912-345-678 00';
/** None of these may be met anywhere outside of the pages that show them. */
const SECRETS = [PASSPORT, BIRTH, '2020/0777', INN, SNILS, '912-345-678', SNILS.replace(/\D/g, '')];
const FILE_NAME = 'Скан паспорта моряка.pdf';

/** The secrets that this text gives away, also when it is written as an address or escaped. */
const secretsIn = (text: string): string[] => {
  const plain = text.replaceAll('\\/', '/').replaceAll('&#x2F;', '/');
  const decoded = plain.replaceAll(/%[0-9a-f]{2}/gi, (code) => String.fromCharCode(parseInt(code.slice(1), 16))).replaceAll('+', ' ');
  return SECRETS.filter((secret) => plain.includes(secret) || decoded.includes(secret));
};

/** Every file below a folder. */
const filesBelow = (folder: string): string[] =>
  readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map(({ parentPath, name }) => join(parentPath, name));

describe('Requisites typed into the cabinet', () => {
  let product: Product;
  let browser: Browser;
  let maria: Traveller;
  /** Addresses asked for and titles shown, of everybody on the walk. */
  const addresses: string[] = [];
  const titles: Promise<string>[] = [];
  let messages: string[];
  let rows: StoredRow[];

  const watch = (page: Page): void => {
    page.on('request', (request) => addresses.push(request.url()));
    page.on('framenavigated', (frame) => addresses.push(frame.url()));
    page.on('load', (shown) => titles.push(shown.title().catch(() => '')));
  };

  const add = async (kind: string, requisites: Readonly<Record<string, string>>, child?: string): Promise<void> => {
    await maria.open(`/documents/add/${kind}`);
    if (child) await maria.page.getByLabel('Чей документ').selectOption({ label: child });
    for (const [label, value] of Object.entries(requisites)) await maria.type(label, value);
  };
  const added = async (): Promise<void> => {
    await maria.press('Добавить документ');
    await maria.sees('Документ добавлен');
  };
  const passport = (number: string) =>
    add('SEAMAN_PASSPORT', { Серия: 'РФ', Номер: number, 'Дата выдачи': '01.03.2022', 'Действителен до': typed(dayAhead(7)), 'Кем выдан': 'Администрация порта' });

  /** A passport that is refused, added, added once more, shown, changed; the scan of it has the number in its text. */
  const keepPassport = async (): Promise<void> => {
    const { page } = maria;
    await passport(`${PASSPORT}89`);
    await maria.press('Добавить документ');
    await page.getByRole('alert').first().waitFor();
    await passport(PASSPORT);
    await page.locator('.upload-live').waitFor();
    const scan = pdf({ extra: `/Note (${SECRETS.join(', ')})` });
    await page.getByLabel('Сканы документа').setInputFiles({ name: FILE_NAME, mimeType: 'application/pdf', buffer: scan });
    await page.getByRole('link', { name: FILE_NAME, exact: true }).waitFor();
    await added();
    const path = new URL(page.url()).pathname;
    await passport(PASSPORT);
    await maria.press('Добавить документ');
    await maria.sees('Такой документ уже есть');

    await maria.open(path);
    expect(secretsIn(await page.content())).toEqual([]);
    await maria.press('Показать номер');
    await maria.sees(PASSPORT);
    await maria.download(page.getByRole('link', { name: FILE_NAME, exact: true }));
    await maria.open(`${path}/edit`);
    await maria.type('Кем выдан', 'Администрация морского порта');
    await maria.press('Сохранить изменения');
    await maria.sees('Изменения сохранены');
  };

  /** The certificate answers a question of the form by «Подставить»; the number of the child is typed there. */
  const applyWithCertificate = async (): Promise<string> => {
    const { page, portal } = maria;
    await beginService(page, portal, 'Запись в первый класс');
    await page.getByRole('heading', { level: 1, name: 'Ребёнок', exact: true }).waitFor();
    await page.getByRole('radio', { name: 'Невский Пётр Андреевич' }).check();
    await goOnTo(page, 'Сведения о ребёнке');
    await page.locator('button[name=take]').first().click();
    await maria.sees('Сведения из документа подставлены');
    expect(await page.getByLabel('Номер', { exact: true }).inputValue()).toBe(BIRTH);
    await page.getByLabel('СНИЛС ребёнка').fill(SNILS);
    await maria.type('Кем выдан', 'Генеральное консульство');
    await maria.press('Сохранить черновик');
    await maria.sees('Черновик сохранён.');
    await maria.press('Продолжить');
    await page.getByRole('heading', { level: 1, name: 'Адрес ребёнка' }).waitFor();
    await page.getByLabel('Район', { exact: true }).selectOption('Невский район');
    await page.getByLabel('Район, в котором выбираете школу').selectOption('Невский район');
    await goOnTo(page, 'Школа');
    await page.getByRole('radio', { name: 'Школа № 923 (пример)' }).check();
    await goOnTo(page, 'Документы');
    const certificate = page.getByRole('region', { name: 'Скан-образ свидетельства о рождении' });
    await certificate.getByLabel('Файл с устройства').setInputFiles({ name: 'Свидетельство.pdf', mimeType: 'application/pdf', buffer: pdf() });
    await certificate.getByRole('button', { name: 'Приложить' }).click();
    await certificate.getByText('Свидетельство.pdf', { exact: true }).waitFor();
    await goOnTo(page, 'Согласие');
    await page.getByRole('checkbox', { name: /Согласен на обработку/ }).check();
    await goOnTo(page, 'Проверка и отправка');
    return send(page);
  };

  const inDatabase = async <T>(work: (pool: pg.Pool) => Promise<T>): Promise<T> => {
    const pool = new pg.Pool({ connectionString: databaseOf(product.dataDir), max: 1 });
    return work(pool).finally(() => pool.end());
  };

  /** The round of a new day over documents that end soon. */
  const tellOfExpiry = async (): Promise<void> => {
    await inDatabase((pool) => pool.query('delete from documents.expiry_round'));
    const beside = await NestFactory.createApplicationContext(AppModule.forRoot(configBeside(product.dataDir)), { logger: false });
    await RequestContext.create(beside.get(MikroORM).em, () => beside.get(CommandBus).execute(new TellOfExpiry()));
    await beside.close();
  };

  beforeAll(async () => {
    [product, browser] = await Promise.all([startProduct(), openBrowser()]);
    maria = await Traveller.at(browser, product.portal);
    watch(maria.page);
    await signIn(maria.page, product.portal, MARIA);
    await maria.open('/settings');
    await maria.page.getByRole('checkbox', { name: 'Истечение срока действия документов: SMS' }).check();
    await maria.type('С', '00:00');
    await maria.type('До', '00:00');
    await maria.press('Сохранить настройки');

    await keepPassport();
    await add('FOREIGN_BIRTH_CERT_RF_CITIZEN', { Номер: BIRTH, Страна: 'DEU', 'Дата выдачи': '03.06.2020' }, 'Невский Пётр Андреевич');
    await added();
    await add('INN', { ИНН: INN }, 'Невская Анна Андреевна');
    await added();
    const number = await applyWithCertificate();
    const clerk = await Traveller.at(browser, product.portal);
    watch(clerk.page);
    await signInAtOffice(clerk.page, product, CLERK);
    await openCase(clerk.page, product.portal, number);
    await clerk.sees(SNILS);

    await tellOfExpiry();
    await arrived(product.inbox, 'email', MARIA.login, 'моряка');
    await arrived(product.inbox, 'sms', '79210000006', 'моряка');
    await maria.open('/notifications');
    await maria.sees(/моряка/i);
    expect(secretsIn(await maria.page.content())).toEqual([]);
    messages = ((await (await fetch(`${product.inbox}/messages.json`)).json()) as object[]).map((message) => JSON.stringify(message));
    rows = await inDatabase(wholeDatabase);
    await product.stop();
  }, 300_000);

  afterAll(async () => {
    await browser.close();
    await product.remove();
  }, 60_000);

  it('are in no address', () => {
    expect(addresses.some((address) => address.includes('/documents/add/SEAMAN_PASSPORT'))).toBe(true);
    expect(addresses.filter((address) => secretsIn(address).length > 0)).toEqual([]);
  });

  it('are in no title', async () => {
    const shown = await Promise.all(titles);
    expect(shown.some((title) => /паспорт/i.test(title))).toBe(true);
    expect(shown.filter((title) => secretsIn(title).length > 0)).toEqual([]);
  });

  it('are in no letter, SMS or push', () => {
    expect(messages.length).toBeGreaterThan(3);
    expect(messages.filter((message) => secretsIn(message).length > 0)).toEqual([]);
  });

  it('are in nothing the terminal shows', () => {
    expect(product.output()).toContain(MARIA.login);
    expect(secretsIn(product.output())).toEqual([]);
  });

  it('stand in no row of the database in clear', () => {
    expect(rows.some(({ table, text }) => table === 'documents.stored_file' && text.includes(FILE_NAME))).toBe(true);
    const walkedThrough = ['documents.personal_document', 'documents.access_record', 'applications.draft', 'applications.service_application', 'notifications.notification'];
    expect(walkedThrough.filter((table) => !rows.some((row) => row.table === table))).toEqual([]);
    expect(rows.flatMap(({ table, text }) => secretsIn(text).map((secret) => `${table}: ${secret}`))).toEqual([]);
  });

  it('stand in no file of the data folder in clear', () => {
    const files = filesBelow(product.dataDir);
    expect(files.filter((file) => file.startsWith(join(product.dataDir, 'files'))).length).toBeGreaterThanOrEqual(2);
    const wanted = SECRETS.map((secret) => Buffer.from(secret));
    expect(files.filter((file) => wanted.some((secret) => readFileSync(file).includes(secret)))).toEqual([]);
  });
});
