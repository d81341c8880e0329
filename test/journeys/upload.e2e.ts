import { type Browser, type BrowserContext, type Locator, type Page } from 'playwright-core';
import { accessibilityProblems, newPerson, openBrowser } from '../support/browser.js';
import { MARIA, signIn } from '../support/citizen.js';
import { fillComplaint } from '../support/complaint.js';
import { keepPicture } from '../support/page-faults.js';
import { type Product, startProduct } from '../support/product.js';
import { jpeg, pdf } from '../support/sample-files.js';
import { visiblePdf, visibleTiff } from '../support/visible-files.js';

const TYPES: Readonly<Record<string, string>> = {
  jpg: 'image/jpeg',
  png: 'image/png',
  pdf: 'application/pdf',
  tiff: 'image/tiff',
};
const FORM = '/documents/add/HUNTING_TICKET';

const file = (name: string, buffer: Buffer) => ({
  name,
  mimeType: TYPES[name.split('.').at(-1) ?? ''] ?? 'application/octet-stream',
  buffer,
});

describe('Sending files', () => {
  let product: Product;
  let browser: Browser;
  let maria: BrowserContext;
  let page: Page;
  /** What the browser refused to run or load, and errors of scripts. */
  let complaints: string[];

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
    page = await maria.newPage();
    complaints = listen(page);
    await page.goto(at(FORM));
    await page.locator('.upload-live').waitFor();
  });
  afterEach(async () => {
    await page.close();
    expect(complaints).toEqual([]);
  });

  const at = (path: string): string => `${product.portal}${path}`;
  const listen = (listened: Page): string[] => {
    const heard: string[] = [];
    listened.on('pageerror', ({ message }) => heard.push(message));
    listened.on('console', (line) => {
      // That a file or a form was refused is no complaint of the page.
      if (line.type() === 'error' && !/status of 4\d\d/.test(line.text())) heard.push(line.text());
    });
    return heard;
  };
  const field = () => page.getByLabel('Сканы документа');
  const row = (name: string): Locator => page.locator('[data-upload-list] > li').filter({ hasText: name });
  const isAccepted = async (name: string) => row(name).getByRole('link', { name, exact: true }).waitFor();
  const news = () => page.locator('[data-upload-news]');

  /** What a hand drags or a clipboard holds, made in the page. */
  const transfer = (name: string, content: Buffer) =>
    page.evaluateHandle(
      ({ shown, type, base64 }) => {
        const bytes = Uint8Array.from(atob(base64), (letter) => letter.charCodeAt(0));
        const made = new DataTransfer();
        made.items.add(new File([bytes], shown, { type }));
        return made;
      },
      { shown: name, type: file(name, content).mimeType, base64: content.toString('base64') },
    );

  /** A picture of that many pixels, noisy or plain, as the browser encodes it. */
  const picture = async (type: string, side: number, noisy = false): Promise<Buffer> => {
    const base64 = await page.evaluate(
      async ({ wanted, pixels, noise }) => {
        const canvas = document.createElement('canvas');
        canvas.width = canvas.height = pixels;
        const pen = canvas.getContext('2d')!;
        pen.fillStyle = '#246';
        pen.fillRect(0, 0, pixels / 2, pixels);
        const image = pen.getImageData(0, 0, pixels, pixels);
        if (noise)
          for (let byte = 0; byte < image.data.length; byte += 1)
            image.data[byte] = byte % 4 === 3 ? 255 : Math.random() * 255;
        pen.putImageData(image, 0, 0);
        const blob = await new Promise<Blob | null>((made) => canvas.toBlob(made, wanted, 1));
        const url = await new Promise<string>((read) => {
          const reader = new FileReader();
          reader.onload = () => read(reader.result as string);
          reader.readAsDataURL(blob!);
        });
        return url.slice(url.indexOf(',') + 1);
      },
      { wanted: type, pixels: side, noise: noisy },
    );
    return Buffer.from(base64, 'base64');
  };

  const fill = async (shown: Page) => {
    for (const [label, value] of [
      ['Серия', '78'],
      ['Номер', '123456'],
      ['Дата выдачи', '01.06.2024'],
    ] as const)
      await shown.getByLabel(label, { exact: true }).fill(value);
  };
  const addDocument = async () => {
    await fill(page);
    await page.getByRole('button', { name: 'Добавить документ' }).click();
    await page.getByText('Документ добавлен').waitFor();
  };
  const removeDocument = async () => {
    await page.getByRole('button', { name: 'Удалить документ' }).click();
    await page.getByText('Документ удалён').waitFor();
  };

  it('takes chosen files at once, shows their first pages, and the form carries them', async () => {
    await field().setInputFiles([
      file('Скан.jpg', jpeg()),
      file('Договор.pdf', visiblePdf()),
      file('Старый скан.tiff', visibleTiff()),
    ]);
    for (const name of ['Скан.jpg', 'Договор.pdf', 'Старый скан.tiff']) await isAccepted(name);
    expect(await page.locator('input[name=fileIds]').count()).toBe(3);
    expect(await field().inputValue()).toBe('');
    expect(await row('Договор.pdf').innerText()).toContain('Антивирусом не проверен');
    await addDocument();
    for (const name of ['Скан.jpg', 'Договор.pdf', 'Старый скан.tiff'])
      await page.getByRole('link', { name, exact: true }).waitFor();
    await removeDocument();
  }, 60_000);

  it('takes a file that was chosen before the script had come', async () => {
    const gate = Promise.withResolvers<void>();
    await page.route(/\/upload\.\w+\.js$/, async (route) => {
      await gate.promise;
      await route.continue();
    });
    await page.reload();
    await field().setInputFiles(file('Скан.pdf', visiblePdf()));
    gate.resolve();
    await isAccepted('Скан.pdf');
    await page.unrouteAll();
  }, 60_000);

  it('takes what is dropped on the field, and a file dropped beside it changes nothing', async () => {
    const dropped = await transfer('Брошенный.pdf', visiblePdf());
    await page.locator('h1').dispatchEvent('drop', { dataTransfer: dropped });
    await page.locator('[data-drop-zone]').dispatchEvent('dragover', { dataTransfer: dropped });
    expect(await page.locator('.drop-awaited').count()).toBe(1);
    await page.locator('[data-drop-zone]').dispatchEvent('drop', { dataTransfer: dropped });
    await isAccepted('Брошенный.pdf');
    expect(await page.locator('[data-upload-list] > li').count()).toBe(1);
    expect(await page.locator('.drop-awaited').count()).toBe(0);
    expect(new URL(page.url()).pathname).toBe(FORM);
  }, 60_000);

  it('makes a JPG of a pasted screenshot and leaves pasted text alone', async () => {
    const screenshot = await transfer('image.png', await picture('image/png', 300));
    const paste = (target: Locator, text?: string) =>
      target.evaluate(
        (element, [data, words]) => {
          if (words) data.setData('text/plain', words);
          return element.dispatchEvent(
            new ClipboardEvent('paste', { clipboardData: data, bubbles: true, cancelable: true }),
          );
        },
        [screenshot, text] as const,
      );
    expect(await paste(page.locator('body'))).toBe(false);
    const pasted = row('Снимок экрана');
    await pasted.getByRole('link', { name: /^Снимок экрана \d\d\.\d\d\.\d{4} \d\d-\d\d-\d\d\.jpg$/ }).waitFor();
    expect(await pasted.innerText()).toContain('Картинка переведена в JPG.');
    expect(await paste(page.getByLabel('Номер', { exact: true }), '123456')).toBe(true);
    expect(await page.locator('[data-upload-list] > li').count()).toBe(1);
  }, 60_000);

  it('offers to make a large photo smaller and says what was done', async () => {
    const photo = await picture('image/jpeg', 1700, true);
    expect(photo.length).toBeGreaterThan(3 * 1024 * 1024);
    await field().setInputFiles(file('Фото.jpg', photo));
    expect(await row('Фото.jpg').innerText()).toMatch(
      /Фото занимает [\d,]+ МБ, а можно не больше 3 МБ\. Его можно уменьшить\./,
    );
    await row('Фото.jpg').getByRole('button', { name: 'Уменьшить и загрузить' }).click();
    await isAccepted('Фото.jpg');
    expect(await row('Фото.jpg').innerText()).toMatch(/Было [\d,]+\sМБ, стало [\d,]+\sМБ\./);
    const href = await row('Фото.jpg').getByRole('link', { name: 'Фото.jpg', exact: true }).getAttribute('href');
    const stored = await (await maria.request.get(at(href!))).body();
    expect(stored.length).toBeLessThanOrEqual(3 * 1024 * 1024);
  }, 90_000);

  it('offers a JPG instead of a picture in another format, and refuses what is no picture', async () => {
    await field().setInputFiles([
      file('Рисунок.png', await picture('image/png', 200)),
      file('Не рисунок.heic', Buffer.from('nothing of the kind')),
    ]);
    expect(await row('Рисунок.png').innerText()).toContain(
      'Формат png не принимается, но из картинки можно сделать JPG.',
    );
    await row('Рисунок.png').getByRole('button', { name: 'Сделать JPG и загрузить' }).click();
    await isAccepted('Рисунок.jpg');
    await row('Не рисунок.heic').getByRole('button', { name: 'Сделать JPG и загрузить' }).click();
    await row('Не рисунок.heic').getByText('Браузер не смог открыть эту картинку').waitFor();
  }, 60_000);

  it('says at each file why it was refused, here or by the server', async () => {
    await field().setInputFiles([
      file('программа.exe', Buffer.from('MZ')),
      file('пустой.pdf', Buffer.alloc(0)),
      file('большой.pdf', Buffer.alloc(3 * 1024 * 1024 + 1)),
      file('страница.pdf', Buffer.from('<!doctype html><html><body>Привет</body></html>')),
    ]);
    await row('страница.pdf').getByText('Содержимое не соответствует расширению').waitFor();
    expect(await row('программа.exe').innerText()).toContain(
      'Такой формат не принимается. Можно: jpg, jpeg, tiff, pdf',
    );
    expect(await row('пустой.pdf').innerText()).toContain('Файл пустой');
    expect(await row('большой.pdf').innerText()).toContain('занимает 3,01 МБ, а можно не больше 3 МБ');
    expect(await page.locator('input[name=fileIds]').count()).toBe(0);
    expect(await news().textContent()).toContain('Файл «страница.pdf» не загружен. Содержимое');
    await row('страница.pdf').getByRole('button', { name: 'Убрать файл страница.pdf' }).click();
    expect(await row('страница.pdf').count()).toBe(0);
    expect(await field().evaluate((input) => input === document.activeElement)).toBe(true);
  }, 60_000);

  it('shows how far a file is, at most three at a time, and lets one be cancelled', async () => {
    const gate = Promise.withResolvers<void>();
    let underway = 0;
    await page.route('**/files?*', async (route) => {
      underway += 1;
      await gate.promise;
      await route.continue();
    });
    await field().setInputFiles(['1.pdf', '2.pdf', '3.pdf', '4.pdf'].map((name) => file(name, visiblePdf())));
    await page.getByText('Ждёт очереди').waitFor();
    expect(await page.getByText('Ждёт очереди').count()).toBe(1);
    expect(underway).toBe(3);
    expect(await page.getByRole('progressbar', { name: 'Загрузка файла 1.pdf' }).isVisible()).toBe(true);
    await keepPicture(page, 'upload underway');
    expect(await accessibilityProblems(page)).toEqual([]);
    const next = page.waitForRequest((request) => request.url().includes('/files?'));
    await row('2.pdf').getByRole('button', { name: 'Отменить файл 2.pdf' }).click();
    await next;
    gate.resolve();
    for (const name of ['1.pdf', '3.pdf', '4.pdf']) await isAccepted(name);
    expect(await page.locator('input[name=fileIds]').count()).toBe(3);
    expect(await row('2.pdf').count()).toBe(0);
  }, 60_000);

  it('tries again when the connection was lost', async () => {
    await page.route('**/files?*', (route) => route.abort(), { times: 1 });
    await field().setInputFiles(file('Скан.pdf', visiblePdf()));
    await row('Скан.pdf').getByText('Нет связи, файл не загружен').waitFor();
    await row('Скан.pdf').getByRole('button', { name: 'Повторить' }).click();
    await isAccepted('Скан.pdf');
    expect(await row('Скан.pdf').innerText()).not.toContain('Нет связи');
    complaints.length = 0; // the browser says itself that there was no connection
  }, 60_000);

  it('holds a form sent too early until its files have arrived', async () => {
    const gate = Promise.withResolvers<void>();
    await page.route('**/files?*', async (route) => {
      await gate.promise;
      await route.continue();
    });
    await fill(page);
    await field().setInputFiles(file('Скан.pdf', visiblePdf()));
    await page.getByRole('button', { name: 'Добавить документ' }).click();
    await page.getByText('Файлы ещё загружаются').waitFor();
    gate.resolve();
    await page.getByText('Документ добавлен').waitFor();
    await page.getByRole('link', { name: 'Скан.pdf', exact: true }).waitFor();
    await removeDocument();
  }, 60_000);

  it('carries ten files and says which did not fit', async () => {
    await field().setInputFiles(Array.from({ length: 11 }, (_, index) => file(`${index + 1}.pdf`, visiblePdf())));
    await page.getByText('Сюда помещается 10 файлов. Не поместились: «11.pdf».').waitFor();
    await isAccepted('10.pdf');
    expect(await page.locator('[data-upload-list] > li').count()).toBe(10);
  }, 60_000);

  it('warns who leaves with files that were not sent', async () => {
    await field().setInputFiles(file('Скан.pdf', visiblePdf()));
    await isAccepted('Скан.pdf');
    const warned = page.waitForEvent('dialog');
    const left = page.close({ runBeforeUnload: true });
    const dialog = await warned;
    expect(dialog.type()).toBe('beforeunload');
    await Promise.all([dialog.accept(), left, page.waitForEvent('close')]);
  }, 60_000);

  it('keeps what was uploaded when the form is refused, and lets it be taken away', async () => {
    await field().setInputFiles([file('Первый.pdf', visiblePdf()), file('Второй.jpg', jpeg())]);
    await isAccepted('Первый.pdf');
    await isAccepted('Второй.jpg');
    await page.getByLabel('Номер', { exact: true }).fill('1');
    await page.getByRole('button', { name: 'Добавить документ' }).click();
    await page.getByText('Ошибка', { exact: false }).first().waitFor();
    expect(await page.locator('input[name=fileIds]').count()).toBe(2);
    await page.getByRole('button', { name: 'Убрать файл Первый.pdf' }).click();
    expect(await page.locator('input[name=fileIds]').count()).toBe(1);
  }, 60_000);

  it('works by the keyboard alone', async () => {
    // Asked for early: the browser has to know that somebody waits before the key is pressed.
    const choosing = page.waitForEvent('filechooser');
    await page.getByLabel('Номер', { exact: true }).focus();
    for (let step = 0; step < 10 && !(await field().evaluate((input) => input === document.activeElement)); step += 1)
      await page.keyboard.press('Tab');
    await page.keyboard.press('Enter');
    const chooser = await choosing;
    await chooser.setFiles(file('Скан.pdf', visiblePdf()));
    await isAccepted('Скан.pdf');
    const focused = () => page.evaluate(() => document.activeElement?.textContent?.replace(/\s+/g, ' ').trim());
    await page.keyboard.press('Tab');
    expect(await focused()).toBe('Скан.pdf');
    await page.keyboard.press('Tab');
    expect(await focused()).toBe('Посмотреть файл Скан.pdf');
    await page.keyboard.press('Enter');
    const dialog = page.getByRole('dialog', { name: 'Скан.pdf' });
    await dialog.locator('canvas').waitFor();
    await page.keyboard.press('Escape');
    await dialog.waitFor({ state: 'hidden' });
    expect(await focused()).toBe('Посмотреть файл Скан.pdf');
    await page.keyboard.press('Tab');
    await page.keyboard.press('Enter');
    expect(await row('Скан.pdf').count()).toBe(0);
  }, 60_000);

  it('offers the camera on a device that is touched', async () => {
    const phone = await browser.newContext({
      viewport: { width: 390, height: 844 },
      hasTouch: true,
      isMobile: true,
      locale: 'ru-RU',
    });
    await phone.addCookies(await maria.cookies());
    const window = await phone.newPage();
    await window.goto(at(FORM));
    const [chooser] = await Promise.all([
      window.waitForEvent('filechooser'),
      window.getByRole('button', { name: 'Сфотографировать' }).click(),
    ]);
    const asked = await chooser.element().evaluate((node) => {
      const input = node as HTMLInputElement;
      return [input.accept, input.getAttribute('capture')];
    });
    expect(asked).toEqual(['image/jpeg', 'environment']);
    expect(await window.getByText('перетащите сюда').isVisible()).toBe(false);
    await chooser.setFiles(file('image.jpg', jpeg()));
    await window.getByRole('link', { name: 'image.jpg', exact: true }).waitFor();
    await phone.close();
    expect(await page.getByRole('button', { name: 'Сфотографировать' }).count()).toBe(0);
    expect(await page.getByText('перетащите сюда').isVisible()).toBe(true);
  }, 60_000);

  it('works as before without scripts', async () => {
    const plain = await newPerson(browser, { javaScript: false });
    await plain.addCookies(await maria.cookies());
    const window = await plain.newPage();
    await window.goto(at(FORM));
    await window.getByLabel('Сканы документа').setInputFiles([file('Скан.jpg', jpeg()), file('Скан.pdf', pdf())]);
    await fill(window);
    await window.getByRole('button', { name: 'Добавить документ' }).click();
    await window.getByText('Документ добавлен').waitFor();
    await window.getByRole('link', { name: 'Посмотреть файл Скан.jpg' }).click();
    await window.waitForURL(/\/files\/[\w-]{36}\/preview$/);
    await window.goBack();
    expect(await window.getByRole('button', { name: /^Посмотреть/ }).count()).toBe(0);
    await window.getByRole('button', { name: 'Удалить документ' }).click();
    await plain.close();
  }, 60_000);

  it('puts files into a draft', async () => {
    const draft = await fillComplaint(page);
    await page.goto(at(`/drafts/${draft}/steps/FILES`));
    await page
      .getByLabel('Файл с устройства')
      .first()
      .setInputFiles([file('Отказ.pdf', visiblePdf()), file('Фото.jpg', jpeg())]);
    await page.getByRole('button', { name: 'Приложить' }).first().click();
    await page.waitForLoadState();
    for (const name of ['Отказ.pdf', 'Фото.jpg'])
      await page
        .getByRole('button', { name: `Посмотреть файл ${name}` })
        .or(page.getByRole('link', { name: `Посмотреть файл ${name}` }))
        .waitFor();
    await page.goto(at(`/drafts/${draft}/check`));
    expect(await page.locator('main').innerText()).toContain('Отказ.pdf');
  }, 90_000);
});
