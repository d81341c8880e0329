import { type Browser, type BrowserContext, type Page } from 'playwright-core';
import { newPerson, openBrowser } from '../support/browser.js';
import { addSampleCar, IGOR, MARIA, OLEG, OLGA, signIn, typeIntoEsia } from '../support/citizen.js';
import { fillComplaint, sendComplaint } from '../support/complaint.js';
import { EsiaVisitor } from '../support/esia-visitor.js';
import { eventually } from '../support/eventually.js';
import { look } from '../support/hand.js';
import { CLERK, signInAtOffice } from '../support/office.js';
import { submit } from '../support/page-faults.js';
import { type Product, startProduct } from '../support/product.js';
import { pdf } from '../support/sample-files.js';

const CARDS = { paid: '2200 0000 0000 0004', refused: '2204 0000 0000 1230', silent: '2202 0000 0000 0002' };
const THREE_MEGABYTES = 3 * 1024 * 1024;
const TRANSPORT_CLERK = { login: 'clerk@transport.example.ru', password: 'Sample-Office-2026' };

/** A good PDF of exactly this many bytes: a long note in its catalogue. */
function pdfOf(bytes: number): Buffer {
  for (let note = bytes; ; ) {
    const made = pdf({ extra: `/Note (${'a'.repeat(note)})` });
    if (made.length === bytes) return made;
    note -= made.length - bytes;
  }
}

describe('What is refused, and what to do then', () => {
  let product: Product;
  let browser: Browser;
  let maria: BrowserContext;
  let page: Page;

  beforeAll(async () => {
    [product, browser] = await Promise.all([startProduct(), openBrowser()]);
    maria = await newPerson(browser);
    page = await maria.newPage();
    await signIn(page, product.portal, MARIA);
    await addSampleCar(page, product.portal);
  }, 180_000);

  afterAll(async () => {
    await browser.close();
    await product.remove();
  }, 60_000);

  const at = (path: string): string => `${product.portal}${path}`;
  const text = (shown: Page): Promise<string> => shown.locator('main').innerText();
  const somebody = async (): Promise<Page> => (await newPerson(browser)).newPage();
  const other = async (): Promise<Page> => maria.newPage();

  describe('at the door', () => {
    it('a wrong password stays at ESIA, which says so', async () => {
      const visitor = await somebody();
      await visitor.goto(at('/cabinet'));
      await typeIntoEsia(visitor, { ...OLEG, password: 'wrong' });
      await visitor.getByRole('alert').waitFor();
      expect(new URL(visitor.url()).origin).toBe(product.esia);
      expect((await visitor.goto(at('/cabinet')))?.url()).toContain(product.esia);
    }, 60_000);

    it('a refused consent leads to a page that offers to begin again', async () => {
      const visitor = await somebody();
      await visitor.goto(at('/cabinet'));
      await typeIntoEsia(visitor, OLEG);
      await visitor.getByRole('button', { name: 'Отказать' }).click();
      await visitor.waitForURL((url) => url.origin === product.portal);
      expect(await visitor.title()).toContain('Вы не разрешили доступ к данным');
      await visitor.getByRole('link', { name: 'Войти ещё раз' }).click();
      await visitor.getByRole('button', { name: 'Разрешить' }).click();
      await visitor.waitForURL(at('/cabinet'));
      expect(await text(visitor)).toContain('Здравствуйте, Олег');
    }, 60_000);

    it.each([
      ['tampered', (answer: URL) => answer.searchParams.set('state', crypto.randomUUID())],
      ['missing', (answer: URL) => answer.searchParams.delete('state')],
      ['doubled', (answer: URL) => answer.searchParams.append('state', answer.searchParams.get('state')!)],
    ])('a %s state signs nobody in', async (_what, change) => {
      const visitor = await somebody();
      const answer = await answerOfEsia(visitor);
      change(answer);
      await visitor.goto(answer.href);
      expect(await visitor.title()).toContain('Вход нужно начать заново');
      expect((await visitor.goto(at('/cabinet')))?.url()).toContain(product.esia);
    }, 60_000);

    it('an answer of ESIA works once', async () => {
      const visitor = await somebody();
      const answer = await answerOfEsia(visitor);
      await visitor.goto(answer.href);
      expect(new URL(visitor.url()).pathname).toBe('/cabinet');
      await visitor.goto(answer.href);
      expect(await visitor.title()).toContain('Вход нужно начать заново');
      const thief = await somebody();
      const own = await answerOfEsia(thief);
      own.searchParams.set('code', answer.searchParams.get('code')!);
      await thief.goto(own.href);
      expect(await thief.title()).toContain('Вход нужно начать заново');
      expect((await thief.goto(at('/cabinet')))?.url()).toContain(product.esia);
    }, 60_000);

    it('a session that was ended in another tab leads through ESIA back to the same page', async () => {
      const person = await newPerson(browser);
      const first = await person.newPage();
      await signIn(first, product.portal, OLEG, '/settings');
      const second = await person.newPage();
      await second.goto(at('/cabinet'));
      await second.locator('.person-menu summary').click();
      await second.getByRole('button', { name: 'Выйти' }).click();
      await second.waitForURL(at('/'));
      await first.getByRole('link', { name: 'Документы' }).first().click();
      await first.waitForURL((url) => url.origin === product.esia);
      await enter(first);
      await first.waitForURL(at('/documents'));
    }, 60_000);

    it('a clerk with a wrong password or a wrong code learns only that something did not fit', async () => {
      const clerk = await somebody();
      const codes = (await (await fetch(`${product.inbox}/codes.json`)).json()) as { account: string; code: string }[];
      const code = codes.find(({ account }) => account === CLERK.login)!.code;
      const wrongCode = String((Number(code) + 1) % 1_000_000).padStart(6, '0');
      for (const [password, typed] of [['wrong', code], [CLERK.password, wrongCode]] as const) {
        await clerk.goto(at('/office/sign-in'));
        await clerk.getByLabel('Рабочая почта').fill(CLERK.login);
        await clerk.getByLabel('Пароль').fill(password);
        await clerk.getByLabel('Код из приложения').fill(typed);
        await clerk.getByRole('button', { name: 'Войти' }).click();
        await clerk.getByText('Почта, пароль или код не подошли').first().waitFor();
        expect(await clerk.getByLabel('Рабочая почта').inputValue()).toBe(CLERK.login);
        expect(await clerk.getByLabel('Пароль').inputValue()).toBe('');
      }
      await clerk.goto(at('/office/queue'));
      expect(new URL(clerk.url()).pathname).toBe('/office/sign-in');
    }, 60_000);
  });

  describe('at the till', () => {
    let fines: string[];

    beforeAll(async () => {
      await eventually('the fines can be paid', async () => {
        await page.goto(at('/fines'));
        return (await page.getByRole('button', { name: /^Оплатить/ }).count()) === 3;
      });
      fines = [...new Set([...(await page.content()).matchAll(/href="(\/fines\/[\w-]{36})"/g)].map(([, href]) => href!))];
    }, 120_000);

    it('a refused card costs nothing, and the fine can be paid again; a double click pays once', async () => {
      await openBank(page, fines[0]!);
      await pay(page, CARDS.refused);
      await page.getByText('Деньги не списаны').waitFor();
      await page.getByRole('link', { name: 'Вернуться к штрафу' }).click();
      await page.getByRole('button', { name: /^Оплатить/ }).dblclick();
      await page.waitForURL(/payment_ru\.html/);
      await pay(page, CARDS.paid);
      await page.getByText('Банк подтвердил оплату').waitFor();
      await page.goto(at(fines[0]!));
      expect(await page.locator('#attempts').getByRole('listitem').count()).toBe(2);
      expect(await taken()).toBe(1);
    }, 90_000);

    it('a window closed after paying changes nothing: the bank tells the portal', async () => {
      const window = await other();
      await openBank(window, fines[1]!);
      const mdOrder = new URL(window.url()).searchParams.get('mdOrder')!;
      await fetch(window.url(), { method: 'POST', body: new URLSearchParams({ mdOrder, pan: CARDS.paid.replaceAll(' ', '') }), redirect: 'manual' });
      await window.close();
      await eventually('the fine is paid', async () => {
        await page.goto(at(fines[1]!));
        return (await text(page)).includes('Скачать квитанцию');
      });
    }, 120_000);

    it('a window closed without paying can be opened again, and a second payment is not begun', async () => {
      const window = await other();
      await window.goto(at(fines[2]!));
      const early = await other();
      await early.goto(at(fines[2]!));
      await openBank(window, fines[2]!);
      const bankPage = window.url();
      await window.close();
      await early.getByRole('button', { name: /^Оплатить/ }).click();
      await early.getByText('Вы уже начали платить этот штраф').waitFor();
      await early.getByRole('button', { name: 'Продолжить оплату' }).click();
      await early.waitForURL(bankPage);
    }, 90_000);

    it('a card that never answers leaves a payment that waits and says so', async () => {
      await page.goto(at(fines[2]!));
      await page.getByRole('link', { name: 'Посмотреть платёж' }).click();
      await page.getByRole('button', { name: 'Продолжить оплату' }).click();
      await pay(page, CARDS.silent);
      await page.getByText('Ответ не придёт').waitFor();
      await page.goto(at(fines[2]!));
      await page.getByRole('link', { name: 'Посмотреть платёж' }).click();
      await page.getByText('Ждём ответа банка').waitFor();
      expect(await text(page)).toContain('Дважды деньги не спишутся');
      expect(await taken()).toBe(2);
    }, 90_000);

    it('a register that is down leaves what was known, with its time', async () => {
      await mood('down');
      await page.goto(at('/profile'));
      await submit(page, '/profile/vehicles', { make: 'УАЗ', plateType: '1', grz: 'В001ОР78', sts: '7800000001' });
      await eventually('the portal has asked GIBDD about the new car', async () => {
        await page.goto(at('/fines'));
        return (await page.getByText('ГИБДД сейчас не отвечает').count()) === 1;
      });
      expect(await text(page)).toMatch(/Показано то, что было известно \d+\s\S+\s\d{4}\sг\./);
      expect(await page.locator('article').count()).toBe(1);
      await mood('up');
    }, 120_000);

    const openBank = async (shown: Page, fine: string) => {
      await shown.goto(at(fine));
      await shown.getByRole('button', { name: /^Оплатить/ }).click();
      await shown.waitForURL(/payment_ru\.html/);
    };
    const pay = (shown: Page, card: string) => shown.getByRole('button', { name: `Оплатить картой ${card}` }).click();
    const mood = (value: string) => fetch(`${product.gibdd}/mood/gibdd`, { method: 'POST', body: new URLSearchParams({ mood: value }) });
    /** Orders the bank has money for, by its own book. */
    const taken = async () => [...(await (await fetch(product.bank)).text()).matchAll(/оплачен \(2\)/g)].length;
  });

  describe('in a form', () => {
    it('a second click on «Отправить заявление» sends nothing more', async () => {
      const draft = await fillComplaint(page);
      await page.goto(at(`/drafts/${draft}/check`));
      await page.getByRole('button', { name: 'Отправить заявление' }).dblclick();
      await page.waitForURL(/\/applications\/[\w-]{36}/);
      const { html } = await look(page, '/applications');
      expect(new Set([...html.matchAll(/\/applications\/([\w-]{36})/g)].map(([, id]) => id)).size).toBe(1);
    }, 60_000);

    it('the same form sent again by a browser without scripts gives the same application', async () => {
      const draft = await fillComplaint(page);
      await page.goto(at(`/drafts/${draft}/check`));
      const fields = { version: await page.locator('input[name=version]').inputValue(), idempotencyKey: await page.locator('input[name=idempotencyKey]').inputValue() };
      const sent: string[] = [];
      for (let time = 0; time < 2; time += 1) {
        await submit(page, `/drafts/${draft}/submit`, fields);
        sent.push(page.url());
      }
      expect(sent[1]).toBe(sent[0]);
      expect(sent[0]).toMatch(/\/applications\/[\w-]{36}/);
    }, 60_000);

    it('a tab with an old version overwrites nothing', async () => {
      const draft = await fillComplaint(page);
      const [old, fresh] = [await other(), await other()];
      await Promise.all([old.goto(at(`/drafts/${draft}/steps/TEXT`)), fresh.goto(at(`/drafts/${draft}/steps/TEXT`))]);
      const words = 'В новой вкладке написано другое, и этого достаточно для жалобы.';
      await fresh.getByLabel('Что произошло').fill(words);
      await fresh.getByRole('button', { name: 'Сохранить черновик' }).click();
      await fresh.getByText('Черновик сохранён').first().waitFor();
      await old.getByLabel('Чего вы просите').fill('Старая вкладка хочет совсем другого');
      await old.getByRole('button', { name: 'Продолжить' }).click();
      await old.getByText('Ничего не перезаписано').waitFor();
      await page.goto(at(`/drafts/${draft}/steps/TEXT`));
      expect(await page.getByLabel('Что произошло').inputValue()).toBe(words);
      expect(await page.getByLabel('Чего вы просите').inputValue()).not.toContain('Старая вкладка');
      await old.getByRole('button', { name: 'Сохранить как копию' }).click();
      expect(await old.getByLabel('Чего вы просите').inputValue()).toBe('Старая вкладка хочет совсем другого');
      expect(old.url()).not.toContain(draft);
    }, 60_000);

    it('a file of 3 MB is taken, one byte more and a page in disguise are not', async () => {
      const draft = await fillComplaint(page);
      await page.goto(at(`/drafts/${draft}/steps/FILES`));
      const scripted = page.getByLabel('Файл с устройства');
      await scripted.setInputFiles(file('Большой.pdf', pdfOf(THREE_MEGABYTES + 1)));
      await page.getByText('занимает 3,01 МБ, а можно не больше 3 МБ').first().waitFor();

      const plain = await newPerson(browser, { javaScript: false });
      await plain.addCookies(await maria.cookies());
      const window = await plain.newPage();
      const send = async (name: string, content: Buffer) => {
        await window.goto(at(`/drafts/${draft}/steps/FILES`));
        await window.getByLabel('Файл с устройства').setInputFiles(file(name, content));
        await window.getByRole('button', { name: 'Приложить' }).click();
        return text(window);
      };
      expect(await send('Большой.pdf', pdfOf(THREE_MEGABYTES + 1))).toContain('«Большой.pdf»: Файл больше 3 МБ.');
      expect(await send('Страница.pdf', Buffer.from('<!doctype html><html><body>Привет</body></html>'))).toContain('«Страница.pdf»: Содержимое не соответствует расширению');
      expect(await send('Ровно.pdf', pdfOf(THREE_MEGABYTES))).toContain('Ровно.pdf');
      await page.goto(at(`/drafts/${draft}/check`));
      expect(await text(page)).toContain('Ровно.pdf');
      expect(await text(page)).not.toContain('Большой.pdf');
    }, 120_000);

    it('a form without its token is not taken', async () => {
      await page.goto(at('/settings'));
      const answer = await submit(page, '/settings', { _csrf: '', version: '1' });
      expect(answer.status()).toBe(403);
      expect(await page.title()).toContain('Страница устарела');
      expect(await text(page)).toContain('Ничего не отправлено');
    }, 60_000);

    it.each([
      ['standard', IGOR],
      ['simplified', OLGA],
    ])('an account that is only %s fills a draft and is told what is missing to send it', async (_level, person) => {
      const beginner = await somebody();
      await signIn(beginner, product.portal, person);
      const draft = person === IGOR ? await fillComplaint(beginner) : await beginComplaint(beginner);
      await beginner.goto(at(`/drafts/${draft}/check`));
      expect(await text(beginner)).toContain('Отправить это заявление пока не получится');
      if (person === IGOR) {
        await beginner.getByRole('button', { name: 'Отправить заявление' }).click();
        await beginner.getByRole('heading', { level: 1, name: 'Нужна подтверждённая учётная запись' }).waitFor();
        expect(await text(beginner)).toContain('Черновик сохранён');
      }
      await beginner.goto(at('/applications'));
      expect(await beginner.locator('main a[href^="/applications/0"]').count()).toBe(0);
      await beginner.goto(at('/applications/drafts'));
      expect(await text(beginner)).toContain('Досудебное обжалование');
    }, 60_000);
  });

  describe('at the back-office', () => {
    it('a case of another authority is not found, and a clerk who was late is told what happened meanwhile', async () => {
      const application = await sendComplaint(page, product.portal, await fillComplaint(page));
      const [foreign, clerks] = [await somebody(), await newPerson(browser)];
      const [late, quick] = [await clerks.newPage(), await clerks.newPage()];
      await Promise.all([signInAtOffice(foreign, product, CLERK), signInAtOffice(late, product, TRANSPORT_CLERK)]);
      const address = at(`/office/applications/${application}`);
      await eventually('the application reaches the authority', async () => {
        await late.goto(address);
        return (await late.getByRole('button', { name: 'Принять в работу' }).count()) === 1;
      });
      expect((await foreign.goto(address))?.status()).toBe(404);
      expect(await text(foreign)).toContain('Заявление не найдено');
      await quick.goto(address);
      await quick.getByRole('button', { name: 'Принять в работу' }).click();
      await quick.getByText('Сделано.').waitFor();
      const [answer] = await Promise.all([
        late.waitForResponse((response) => response.request().method() === 'POST'),
        late.getByRole('button', { name: 'Принять в работу' }).click(),
      ]);
      expect(answer.status()).toBe(409);
      await late.getByText('Пока вы работали, заявление изменилось').waitFor();
    }, 120_000);
  });

  describe('while ESIA is down', () => {
    it('a citizen reads what was known and when it was read', async () => {
      await page.goto(at('/profile'));
      await esiaFails('rest');
      const [answer] = await Promise.all([
        page.waitForResponse((response) => response.request().method() === 'POST'),
        page.getByRole('button', { name: 'Обновить из Госуслуг' }).click(),
      ]);
      expect(answer.status()).toBe(503);
      await page.getByText('Госуслуги сейчас не отвечают').waitFor();
      expect(await text(page)).toContain('Невский Пётр');
      expect(await text(page)).toMatch(/Обновлены \d+/);
      await esiaWorks();
    }, 90_000);

    it('nobody signs in, and another try is offered that works when ESIA does', async () => {
      const visitor = await somebody();
      const answer = await answerOfEsia(visitor);
      await esiaFails('token');
      expect((await visitor.goto(answer.href))?.status()).toBe(503);
      expect(await visitor.title()).toContain('Госуслуги сейчас не отвечают');
      await esiaWorks();
      await eventually('the portal trusts ESIA again', async () => {
        await visitor.getByRole('link', { name: 'Попробовать ещё раз' }).click();
        if (new URL(visitor.url()).pathname === '/login') await enter(visitor);
        await visitor.waitForURL((url) => url.origin === product.portal);
        return new URL(visitor.url()).pathname === '/cabinet';
      });
    }, 120_000);
  });

  const file = (name: string, buffer: Buffer) => ({ name, mimeType: 'application/pdf', buffer });

  /** Олег begins a sign-in in this browser and agrees to it at ESIA; the address that ESIA sends him back to. */
  const answerOfEsia = async (visitor: Page): Promise<URL> => {
    const shown = await visitor.goto(at('/auth/esia'));
    for (let request = shown?.request() ?? null; request; request = request.redirectedFrom())
      if (request.url().includes('/aas/oauth2/v2/ac')) return new EsiaVisitor().authorize(request.url(), { login: OLEG.login });
    throw new Error('The portal did not lead to ESIA');
  };

  /** Олег signs in at ESIA and agrees when asked. */
  const enter = async (visitor: Page) => {
    await typeIntoEsia(visitor, OLEG);
    const allow = visitor.getByRole('button', { name: 'Разрешить' });
    if (await allow.isVisible()) await allow.click();
  };

  const esiaFails = async (place: 'token' | 'rest') => {
    const body = JSON.stringify({ at: place, kind: 'unavailable', times: 100 });
    await fetch(`${product.esia}/sandbox/faults`, { method: 'POST', headers: { 'content-type': 'application/json' }, body });
  };
  const esiaWorks = () => fetch(`${product.esia}/sandbox/faults`, { method: 'DELETE' });

  const beginComplaint = async (visitor: Page): Promise<string> => {
    await visitor.goto(at('/services/PRE_TRIAL_COMPLAINT'));
    await visitor.getByRole('button', { name: 'Заполнить заявление' }).click();
    await visitor.waitForURL(/\/drafts\//);
    return new URL(visitor.url()).pathname.split('/')[2]!;
  };
});
