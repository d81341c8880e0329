import { type Browser, type BrowserContext, type Locator, type Page, type Route } from 'playwright-core';
import { accessibilityProblems, newPerson, openBrowser } from '../support/browser.js';
import { MARIA, signIn } from '../support/citizen.js';
import { fillComplaint, sendComplaint } from '../support/complaint.js';
import { eventually } from '../support/eventually.js';
import { signInAtOffice } from '../support/office.js';
import { keepPicture } from '../support/page-faults.js';
import { type Product, startProduct } from '../support/product.js';
import { jpeg, officeDocument, pdf } from '../support/sample-files.js';
import { visiblePdf, visibleTiff } from '../support/visible-files.js';

const TRANSPORT_CLERK = { login: 'clerk@transport.example.ru', password: 'Sample-Office-2026' };
const FORM = '/documents/add/HUNTING_TICKET';

const file = (name: string, buffer: Buffer) => ({ name, mimeType: 'application/octet-stream', buffer });

/** How many shades a canvas holds: a blank one has one. */
const shades = (canvas: Locator): Promise<number> =>
  canvas.evaluate((element) => {
    const { width, height } = element as HTMLCanvasElement;
    const { data } = (element as HTMLCanvasElement).getContext('2d')!.getImageData(0, 0, width, height);
    const seen = new Set<number>();
    for (let at = 0; at < data.length; at += 4) seen.add((data[at]! << 16) | (data[at + 1]! << 8) | data[at + 2]!);
    return seen.size;
  });

describe('Looking at files', () => {
  let product: Product;
  let browser: Browser;
  let maria: BrowserContext;
  let page: Page;
  /** What the browser refused to run or load, windows that opened, errors of scripts. */
  let complaints: string[];
  let asked: string[];

  beforeAll(async () => {
    [product, browser] = await Promise.all([startProduct(), openBrowser()]);
    maria = await newPerson(browser);
    await signIn(await maria.newPage(), product.portal, MARIA);
  }, 180_000);

  afterAll(async () => {
    await browser.close();
    await product.remove();
  }, 60_000);

  beforeEach(async () => {
    page = await open(maria);
  });
  afterEach(async () => {
    await page.close();
    expect(complaints).toEqual([]);
  });

  const at = (path: string): string => `${product.portal}${path}`;
  const open = async (person: BrowserContext): Promise<Page> => {
    const opened = await person.newPage();
    complaints = [];
    asked = [];
    opened.on('pageerror', ({ message }) => complaints.push(message));
    opened.on('console', (line) => void (line.type() === 'error' && complaints.push(line.text())));
    opened.on('dialog', (dialog) => {
      if (dialog.type() !== 'beforeunload') complaints.push(dialog.message());
      void dialog.accept();
    });
    opened.on('request', (request) => asked.push(request.url()));
    return opened;
  };
  const upload = async (name: string, content: Buffer): Promise<Locator> => {
    await page.goto(at(FORM));
    await page.locator('.upload-live').waitFor();
    await page.getByLabel('Сканы документа').setInputFiles(file(name, content));
    await page.getByRole('link', { name, exact: true }).waitFor();
    const row = page.locator('[data-upload-list] > li').filter({ hasText: name });
    // Faces are drawn when one scrolls to them.
    await row.scrollIntoViewIfNeeded();
    return row;
  };
  const look = async (name: string): Promise<Locator> => {
    await page
      .getByRole('button', { name: `Посмотреть файл ${name}` })
      .or(page.getByRole('link', { name: `Посмотреть файл ${name}` }))
      .click();
    return page.getByRole('dialog', { name });
  };
  /** The stored file with other content, and everything else as the server answers it. */
  const instead = (content: Buffer) => async (route: Route) => {
    const response = await route.fetch();
    await route.fulfill({ response, body: content });
  };

  it('draws the first page of a PDF small and large, with pdf.js asked for only then', async () => {
    await page.goto(at(FORM));
    await page.waitForLoadState('networkidle');
    expect(asked.filter((url) => /pdfjs|preview-pdf|utif/.test(url))).toEqual([]);
    const row = await upload('Договор.pdf', visiblePdf());
    await row.locator('.file-face canvas').waitFor();
    expect(await shades(row.locator('.file-face canvas'))).toBeGreaterThan(2);
    expect(asked.some((url) => url.includes('/pdfjs-'))).toBe(true);
    const dialog = await look('Договор.pdf');
    await dialog.getByRole('img', { name: 'Изображение файла «Договор.pdf»' }).waitFor();
    expect(await shades(dialog.locator('canvas'))).toBeGreaterThan(2);
    expect(await dialog.innerText()).toContain('Показана первая страница.');
    expect(await dialog.getByRole('link', { name: 'Скачать файл' }).getAttribute('href')).toMatch(
      /^\/files\/[\w-]{36}$/,
    );
  }, 60_000);

  it('draws a TIFF in a worker', async () => {
    const row = await upload('Скан.tiff', visibleTiff());
    await row.locator('.file-face canvas').waitFor();
    expect(await shades(row.locator('.file-face canvas'))).toBeGreaterThan(10);
    expect(await shades((await look('Скан.tiff')).locator('canvas'))).toBeGreaterThan(10);
  }, 60_000);

  it('shows a JPG as the browser does', async () => {
    const row = await upload('Скан.jpg', jpeg());
    const isShown = (picture: Locator) =>
      picture.evaluate(
        async (element) => (await (element as HTMLImageElement).decode(), (element as HTMLImageElement).naturalWidth),
      );
    expect(await isShown(row.locator('.file-face img'))).toBe(1);
    const picture = (await look('Скан.jpg')).getByRole('img', { name: 'Изображение файла «Скан.jpg»' });
    expect(await isShown(picture)).toBe(1);
  }, 60_000);

  it('gives other kinds the sign of their format', async () => {
    const row = await upload('Письмо.docx', await officeDocument('docx'));
    expect(await row.locator('.file-format').textContent()).toBe('docx');
    expect(await row.getByRole('button', { name: /^Посмотреть/ }).count()).toBe(0);
  }, 60_000);

  it('runs nothing that a PDF brings', async () => {
    const script = '<< /S /JavaScript /JS (app.alert("run"); this.submitForm("http://example.org/")) >>';
    const hostile = visiblePdf(`/OpenAction ${script} /AA << /WC ${script} >> /AcroForm << /XFA (<x/>) /Fields [] >>`);
    await page.route(/\/files\/[\w-]{36}$/, instead(hostile));
    const row = await upload('Чужой.pdf', visiblePdf());
    await row.locator('.file-face canvas').waitFor();
    const dialog = await look('Чужой.pdf');
    expect(await shades(dialog.locator('canvas'))).toBeGreaterThan(2);
    expect(asked.filter((url) => !url.startsWith(product.portal) && !url.startsWith('data:'))).toEqual([]);
    expect(await dialog.locator('a, input, iframe, embed, object').count()).toBe(1);
  }, 60_000);

  it('runs nothing in a picture that is a page', async () => {
    const row = await upload('Скан.jpg', jpeg());
    const href = (await row.getByRole('link', { name: 'Скан.jpg', exact: true }).getAttribute('href'))!;
    const markup = Buffer.from(
      '<!doctype html><script>document.title = "run"; alert("run")</script><img src="x" onerror="alert(1)">',
    );
    await page.route('**/preview', instead(markup));
    await page.goto(at(`${href}/preview`));
    expect(
      await page.evaluate(() => [document.contentType, document.title.includes('run'), document.scripts.length]),
    ).toEqual(['image/jpeg', false, 0]);
  }, 60_000);

  it('does not draw a picture that would fill the memory, and says so', async () => {
    await page.route(/\/files\/[\w-]{36}$/, instead(visibleTiff([20_000, 20_000])));
    const row = await upload('Скан.tiff', visibleTiff());
    await row.locator('[data-undrawn]').waitFor();
    const dialog = await look('Скан.tiff');
    await dialog.getByText('Показать этот файл здесь не получилось').waitFor();
    await dialog.getByRole('button', { name: 'Закрыть' }).click();
    expect(await row.locator('canvas').count()).toBe(0);
  }, 60_000);

  it('survives a damaged PDF', async () => {
    await page.route(/\/files\/[\w-]{36}$/, instead(Buffer.from('%PDF-1.7\nnothing\n%%EOF')));
    const row = await upload('Скан.pdf', pdf());
    await row.locator('[data-undrawn]').waitFor();
    await (await look('Скан.pdf')).getByText('Показать этот файл здесь не получилось').waitFor();
  }, 60_000);

  it.each([1280, 390])(
    'is accessible at %i px',
    async (width) => {
      await page.setViewportSize({ width, height: 900 });
      await page.goto(at(FORM));
      await page.locator('.upload-live').waitFor();
      await page
        .getByLabel('Сканы документа')
        .setInputFiles([
          file('Договор аренды жилого помещения от 1 июня 2024 года.pdf', visiblePdf()),
          file('Скан.tiff', visibleTiff()),
          file('Письмо.docx', await officeDocument('docx')),
          file('программа.exe', Buffer.from('MZ')),
          { ...file('Рисунок.png', Buffer.from('png')), mimeType: 'image/png' },
        ]);
      for (const name of ['Скан.tiff', 'Письмо.docx', 'Договор аренды жилого помещения от 1 июня 2024 года.pdf'])
        await page.getByRole('link', { name, exact: true }).waitFor();
      for (const face of await page.locator('.file-face[data-draw]').all()) {
        await face.scrollIntoViewIfNeeded();
        await face.locator('canvas').waitFor();
      }
      await keepPicture(page, 'upload');
      expect(await accessibilityProblems(page)).toEqual([]);
      // Without motion: a colour half-way between the two schemes has no contrast to speak of.
      await page.emulateMedia({ colorScheme: 'dark', reducedMotion: 'reduce' });
      await keepPicture(page, 'upload dark');
      expect(await accessibilityProblems(page)).toEqual([]);
      const overflow = await page.evaluate(
        () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
      );
      expect(overflow).toBe(0);
      await page.emulateMedia({ colorScheme: 'light' });
      const dialog = await look('Договор аренды жилого помещения от 1 июня 2024 года.pdf');
      await dialog.locator('canvas').waitFor();
      await keepPicture(page, 'viewer');
      expect(await accessibilityProblems(page)).toEqual([]);
    },
    90_000,
  );

  it('reads nothing of a citizen’s file at the back-office until the clerk asks', async () => {
    await page.goto(at('/cabinet'));
    const draft = await fillComplaint(page);
    await page.goto(at(`/drafts/${draft}/steps/FILES`));
    await page.locator('.upload-live').first().waitFor();
    await page.getByLabel('Файл с устройства').first().setInputFiles(file('Отказ.pdf', visiblePdf()));
    await page.getByRole('button', { name: 'Приложить' }).first().click();
    await page.getByText('Файлы приложены').first().waitFor();
    const application = await sendComplaint(page, product.portal, draft);
    await page.close();

    page = await open(await newPerson(browser));
    await signInAtOffice(page, product, TRANSPORT_CLERK);
    await eventually('the application reaches the authority', async () => {
      await page.goto(at(`/office/applications/${application}`));
      return (await page.getByRole('link', { name: 'Отказ.pdf', exact: true }).count()) === 1;
    });
    await page.waitForLoadState('networkidle');
    expect(asked.filter((url) => /\/files\/|pdfjs/.test(url))).toEqual([]);
    expect(await shades((await look('Отказ.pdf')).locator('canvas'))).toBeGreaterThan(2);
    expect(asked.filter((url) => url.includes('/files/'))).toHaveLength(1);
    complaints = complaints.filter((line) => !line.includes('404')); // while the application was on its way
  }, 120_000);
});
