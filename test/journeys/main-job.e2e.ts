import { connect } from 'node:net';
import { readFile } from 'node:fs/promises';
import { type Browser, type Locator, type Page } from 'playwright-core';
import { applyToSchool, beginService, sendComplaint } from '../support/application-forms.js';
import { newPerson, openBrowser } from '../support/browser.js';
import { addSampleCar, MARIA, OLEG, signIn, typeIntoEsia } from '../support/citizen.js';
import { eventually } from '../support/eventually.js';
import { arrived } from '../support/inbox.js';
import { CLERK, decide, openCase, signInAtOffice, unfold } from '../support/office.js';
import { type Product, startProduct } from '../support/product.js';
import { jpeg, pdf } from '../support/sample-files.js';
import { step } from '../support/step.js';
import { readWelcome } from '../support/welcome.js';

const JOURNEY_MS = 180_000;
const PATIENCE_MS = 20_000;
const NEW_TELEPHONE = '79210000099';
const NEW_EMAIL = 'm.nevskaya@example.ru';
const LEVELS: Readonly<Record<string, string>> = {
  confirmed: 'Подтверждённая',
  standard: 'Стандартная',
  simplified: 'Упрощённая',
};

const scan = (name: string) => ({ name, mimeType: 'image/jpeg', buffer: jpeg() });
const paper = (name: string) => ({ name, mimeType: 'application/pdf', buffer: pdf() });

/** A day this many days from today as the portal writes it. */
const dayAhead = (days: number): Temporal.PlainDate => Temporal.Now.plainDateISO('Europe/Moscow').add({ days });
const inWords = (day: Temporal.PlainDate): string =>
  day.toLocaleString('ru-RU', { day: 'numeric', month: 'long', year: 'numeric' });
const typed = (day: Temporal.PlainDate): string => day.toString().split('-').reverse().join('.');

const downloaded = async (page: Page, link: Locator): Promise<Buffer> => {
  const [download] = await Promise.all([page.waitForEvent('download'), link.click()]);
  return readFile(await download.path());
};

/** Resolves when somebody listens there. */
const opened = (port: number): Promise<void> =>
  new Promise((open, failed) => {
    const socket = connect(port, 'localhost', () => socket.end(open)).once('error', failed);
  });

describe('The main job on a product just started', () => {
  let product: Product;
  let browser: Browser;

  beforeAll(async () => {
    [product, browser] = await Promise.all([startProduct(), openBrowser()]);
  }, 120_000);

  afterAll(async () => {
    await browser.close();
    await product.remove();
  }, 60_000);

  const someone = async (options: { readonly javaScript?: boolean } = {}): Promise<Page> => {
    const person = await newPerson(browser, options);
    person.setDefaultTimeout(PATIENCE_MS);
    return person.newPage();
  };

  it(
    'is told by the terminal: addresses that answer and people who can sign in',
    async () => {
      const { pages, sockets, citizens, staff } = readWelcome(product.output());
      await step('printed addresses answer', async () => {
        expect(pages.length).toBeGreaterThanOrEqual(7);
        for (const address of pages) expect([address, (await fetch(address)).status]).toEqual([address, 200]);
        expect(sockets.map(({ protocol }) => protocol)).toEqual(['smpp', 'smtp']);
        for (const { port } of sockets) await opened(port);
      });
      await step('printed citizens of the three levels sign in', async () => {
        const levels = citizens.map(({ about }) => about.split(';')[0]!);
        expect(levels).toEqual(['confirmed', 'standard', 'simplified', 'confirmed']);
        await Promise.all(
          citizens.map(async (citizen, index) => {
            const page = await someone();
            await signIn(page, product.portal, citizen);
            await page.getByText(LEVELS[levels[index]!]!, { exact: true }).waitFor();
            await page.context().close();
          }),
        );
      });
      await step('printed staff sign in', async () => {
        expect(staff).toHaveLength(3);
        await Promise.all(
          staff.map(async (member) => {
            const page = await someone();
            await signInAtOffice(page, product, member);
            await page.locator('details.person-menu summary').waitFor();
            await page.context().close();
          }),
        );
      });
    },
    JOURNEY_MS,
  );

  it.each([
    ['telephone', '8 (921) 000-00-22', 'Здравствуйте, Ольга'],
    ['e-mail', 'Igor.Sadovy@example.ru', 'Здравствуйте, Игорь Андреевич'],
    ['СНИЛС', '112-233-445 95', 'Здравствуйте, Мария Петровна'],
  ])(
    'lets people in by %s and out of ESIA too',
    async (_kind, login, greeting) => {
      const page = await someone();
      await page.goto(product.portal);
      await page.getByRole('heading', { name: 'Популярные услуги' }).waitFor();
      await page.getByRole('link', { name: 'Запись в первый класс' }).first().waitFor();
      await page.getByRole('link', { name: 'Войти через Госуслуги' }).click();
      await page.getByRole('heading', { name: 'Вход в Госуслуги' }).waitFor();
      expect(new URL(page.url()).origin).toBe(product.esia);
      await typeIntoEsia(page, { login, password: MARIA.password });
      await page.getByRole('heading', { name: 'Разрешить доступ к данным?' }).waitFor();
      await page.getByRole('button', { name: 'Разрешить' }).click();
      await page.getByRole('heading', { level: 1, name: greeting }).waitFor();
      expect(page.url()).toBe(`${product.portal}/cabinet`);

      const session = (await page.context().cookies(product.portal)).find(({ name }) => name === '__Host-session');
      expect(session).toMatchObject({ httpOnly: true, secure: true, path: '/', sameSite: 'Lax' });

      await page.locator('details.person-menu summary').click();
      await page.getByRole('button', { name: 'Выйти' }).click();
      await page.waitForURL(`${product.portal}/`);
      await page.context().addCookies([session!]);
      await page.goto(`${product.portal}/cabinet`);
      await page.getByLabel('Пароль').waitFor();
      expect(new URL(page.url()).origin).toBe(product.esia);
      await page.context().close();
    },
    JOURNEY_MS,
  );

  it(
    'serves a citizen from a typed-in car to a paid fine and a decision',
    async () => {
      const { portal, inbox } = product;
      const page = await someone();
      const shows = (text: string | RegExp) => page.getByText(text).first().waitFor();
      const open = (path: string) => page.goto(`${portal}${path}`);
      await signIn(page, portal, MARIA);

      await step('settings: messages at any hour, SMS about fines too', async () => {
        await open('/settings');
        await page.getByRole('checkbox', { name: 'Штрафы ГИБДД: SMS' }).check();
        await page.getByLabel('С', { exact: true }).fill('00:00');
        await page.getByLabel('До', { exact: true }).fill('00:00');
        await page.getByRole('button', { name: 'Сохранить настройки' }).click();
        await shows('Настройки сохранены.');
      });

      await step('profile as ESIA knows it', async () => {
        await open('/profile');
        for (const words of ['Невская Мария Петровна', '5 марта 1988 г.', 'Женский', /921 000-00-06/, MARIA.login])
          await shows(words);
        for (const child of ['Невский Пётр Андреевич', 'Невская Анна Андреевна'])
          await page.getByRole('heading', { name: child }).waitFor();
        await shows('15 мая 2020 г.');
      });

      await step('a telephone changed at ESIA shows after return', async () => {
        await page.getByRole('link', { name: 'Редактировать профиль' }).click();
        await page.getByLabel('Мобильный телефон').fill(`+${NEW_TELEPHONE}`);
        await page.getByRole('button', { name: 'Сохранить', exact: true }).click();
        await page.getByText('Данные сохранены.').waitFor();
        await page.getByRole('link', { name: 'Вернуться на портал' }).click();
        await page.waitForURL(`${portal}/profile`);
        await shows(/921 000-00-99/);
      });

      await step('an e-mail changed meanwhile shows on demand', async () => {
        const elsewhere = await page.context().newPage();
        await elsewhere.goto((await page.getByRole('link', { name: 'Редактировать профиль' }).getAttribute('href'))!);
        await elsewhere.getByLabel('Электронная почта').fill(NEW_EMAIL);
        await elsewhere.getByRole('button', { name: 'Сохранить', exact: true }).click();
        await elsewhere.getByText('Данные сохранены.').waitFor();
        await elsewhere.close();
        await page.getByRole('button', { name: 'Обновить из Госуслуг' }).click();
        await shows('Сведения обновлены из Госуслуг.');
        await shows(NEW_EMAIL);
      });

      await step('a car brings its fines', async () => {
        await addSampleCar(page, portal);
        await shows('LADA Vesta');
        await eventually('three fines', async () => {
          await open('/fines');
          return (await page.getByRole('article').count()) === 3;
        });
      });

      await step('a fine with a discount is paid by a card', async () => {
        await page.getByRole('link', { name: 'Невыполнение требования об остановке перед стоп-линией' }).click();
        for (const words of [
          '18810178260000001031',
          '250,00 ₽',
          '500,00 ₽',
          'Не оплачено',
          /Административный штраф по постановлению/,
        ])
          await shows(words);
        await shows(`действует по ${inWords(dayAhead(5))} включительно, осталось 5 дней`);
        await page.getByRole('button', { name: 'Оплатить 250,00 ₽' }).click();
        expect(new URL(page.url()).origin).toBe(product.bank);
        await page.getByLabel('Номер карты').fill('2200 0000 0000 0004');
        await page.getByRole('button', { name: 'Оплатить 250,00 ₽' }).click();
        await shows('Банк подтвердил оплату');
      });

      await step('its receipt is a PDF', async () => {
        const bytes = await downloaded(page, page.getByRole('link', { name: 'Скачать квитанцию (PDF)' }));
        expect(bytes.subarray(0, 5).toString()).toBe('%PDF-');
        expect(bytes.length).toBeGreaterThan(10_000);
      });

      await step('another fine is paid through 3-D Secure', async () => {
        await open('/fines');
        await page.getByRole('link', { name: 'Несоблюдение требований, предписанных дорожными знаками' }).click();
        await shows('1 500,00 ₽');
        await page.getByRole('button', { name: 'Оплатить 1 500,00 ₽' }).click();
        await page.getByLabel('Номер карты').fill('2201000000009996');
        await page.getByRole('button', { name: 'Оплатить 1 500,00 ₽' }).click();
        await page.getByLabel('Код из СМС').fill('123456');
        await page.getByRole('button', { name: 'Подтвердить' }).click();
        await shows('Банк подтвердил оплату');
      });

      await step('the bank tells twice, and nothing is paid twice', async () => {
        await open('/payments');
        const bank = await page.context().newPage();
        await bank.goto(product.bank);
        await bank.getByRole('button', { name: 'Уведомить портал ещё раз' }).first().click();
        await bank.close();
        await page.goBack();
        await shows('Банк подтвердил оплату');
      });

      await step('the history of payments is kept', async () => {
        await open('/fines');
        const history = page.getByRole('region', { name: 'История' });
        await history.getByText('Оплачено').nth(1).waitFor();
        expect(await page.getByRole('article').count()).toBe(1);
        await open('/payments');
        const payments = page.getByRole('region', { name: 'История платежей' });
        for (const sum of ['250,00 ₽', '1 500,00 ₽']) await payments.getByText(sum).waitFor();
        expect(await payments.getByRole('link', { name: 'Квитанция' }).count()).toBe(2);
      });

      await step('documents of several kinds with requisites and a scan', async () => {
        const add = async (
          kind: string,
          requisites: Readonly<Record<string, string>>,
          files: readonly string[] = [],
        ) => {
          await open('/documents/add');
          await page.getByRole('link', { name: kind, exact: true }).click();
          for (const [label, value] of Object.entries(requisites))
            await page.getByLabel(label, { exact: true }).fill(value);
          if (files.length > 0) await page.getByLabel('Сканы документа').setInputFiles(files.map(scan));
          await page.getByRole('button', { name: 'Добавить документ' }).click();
          await shows('Документ добавлен');
        };
        const issue = { 'Дата выдачи': '25.05.2020', 'Кем выдан': 'Отдел ЗАГС Невского района' };
        await add('Свидетельство о рождении', { Серия: 'iv ак', Номер: '000123', ...issue }, ['birth.jpg']);
        await add('СНИЛС', { СНИЛС: '11223344595' });
        await add('Паспорт гражданина РФ', {
          Серия: '40 08',
          Номер: '123456',
          'Дата выдачи': '20032008',
          'Кем выдан': 'ТП № 1 ОУФМС',
          'Код подразделения': '780001',
        });
        await open('/documents');
        for (const words of ['3 документа', 'Свидетельство о рождении', 'Паспорт гражданина РФ', '1 файл'])
          await shows(words);
        await page.getByRole('link', { name: 'Паспорт гражданина РФ' }).click();
        await page.getByRole('link', { name: 'Показать номер' }).click();
        for (const requisite of ['4008', '123456', '20 марта 2008 г.', '780-001']) await shows(requisite);
        await open('/documents');
        await page.getByRole('link', { name: 'Свидетельство о рождении' }).click();
        expect(await downloaded(page, page.getByRole('link', { name: 'birth.jpg' }))).toEqual(jpeg());
      });

      await step('a catalogue of services', async () => {
        await open('/services');
        for (const title of [
          'Запись в первый класс',
          'Парковочное разрешение многодетной семьи',
          'Льготная транспортная карта',
          'Досудебное обжалование',
        ])
          await page.getByRole('main').getByRole('link', { name: title }).waitFor();
      });

      const number = await step('an application to school', () =>
        applyToSchool(page, portal, { telephone: '+7 921 000-00-99', email: NEW_EMAIL, cabinetFile: 'birth.jpg' }),
      );

      await step('the dashboard names what needs attention', async () => {
        await beginService(page, portal, 'Досудебное обжалование');
        await open('/cabinet');
        await page.getByRole('heading', { level: 1, name: 'Здравствуйте, Мария Петровна' }).waitFor();
        await shows('Подтверждённая');
        for (const heading of ['1 неоплаченный штраф', '1 черновик', /непрочитанн/])
          await page.getByRole('heading', { name: heading }).waitFor();
        const fine = page.getByRole('region', { name: '1 неоплаченный штраф' });
        await fine.getByText(`Скидка до ${inWords(dayAhead(15))}, осталось 15 дней`).waitFor();
        for (const link of ['Выбрать услугу', 'Мои заявления', 'Штрафы ГИБДД', 'Добавить автомобиль'])
          await page.getByRole('region', { name: 'Быстрые ссылки' }).getByRole('link', { name: link }).waitFor();
      });

      const complaint = await step('a second service', () => sendComplaint(page, portal));

      const clerk = await someone();
      await signInAtOffice(clerk, product, CLERK);
      const respondBy = dayAhead(7);
      await step('the clerk accepts and asks', async () => {
        await openCase(clerk, portal, number);
        await clerk.getByText('Невский Пётр Андреевич').first().waitFor();
        await clerk.getByRole('link', { name: 'birth.jpg' }).waitFor();
        await clerk.getByRole('button', { name: 'Принять в работу' }).click();
        await clerk.getByText('Сделано. Заявитель получит уведомление.').waitFor();
        const form = await unfold(clerk, 'Запросить сведения');
        await form.getByLabel('Чего не хватает').fill('Пришлите прививочный сертификат ребёнка.');
        await form.getByLabel('Последний день ответа').fill(typed(respondBy));
        await form.getByRole('button', { name: 'Запросить сведения' }).click();
        await clerk.getByText('Ожидание дополнительной информации от пользователя').first().waitFor();
      });

      await step('the citizen answers with words and a file', async () => {
        await open('/cabinet');
        await shows(`Ответьте до ${inWords(respondBy)}`);
        await page
          .getByRole('region', { name: 'Заявления ждут вашего ответа' })
          .getByRole('link', { name: 'Запись в первый класс' })
          .click();
        for (const words of [
          'Принято ведомством',
          `Ответьте до ${inWords(respondBy)}`,
          'Пришлите прививочный сертификат ребёнка.',
        ])
          await shows(words);
        await page.getByLabel('Ваш ответ').fill('Сертификат во вложении.');
        await page.getByLabel('Новые файлы').setInputFiles(paper('vaccinations.pdf'));
        await page.getByRole('button', { name: 'Отправить ответ' }).click();
        await shows('Ответ отправлен');
      });

      await step('the clerk reads the answer and decides', async () => {
        await clerk.reload();
        await clerk.getByText('Сертификат во вложении.').waitFor();
        await clerk.getByRole('link', { name: 'vaccinations.pdf' }).first().waitFor();
        await decide(clerk, {
          outcome: 'Исполнено',
          reason: 'Ребёнок зачислен в первый класс.',
          file: paper('order.pdf'),
        });
        await openCase(clerk, portal, complaint);
        await decide(clerk, {
          outcome: 'Отказано',
          reason: 'Срок не нарушен: он ещё идёт.',
          legalGround: 'Статья 11.2 Федерального закона № 210-ФЗ',
          file: paper('refusal.pdf'),
        });
      });

      await step('the citizen sees every status and takes the decision', async () => {
        await open('/applications');
        await page.getByRole('link', { name: number }).click();
        const history = page.getByRole('region', { name: 'История статусов' }).getByRole('listitem');
        const statuses = [
          'Исполнено',
          'Промежуточные результаты от ведомства',
          'Ожидание дополнительной информации от пользователя',
          'Принято ведомством',
          'Отправлено в ведомство',
          'Принято от заявителя',
        ];
        expect(await history.locator('.timeline-heading').allInnerTexts()).toEqual(statuses);
        const decision = page.getByRole('region', { name: 'Решение ведомства' });
        await decision.getByText('Ребёнок зачислен в первый класс.').waitFor();
        expect(await downloaded(page, decision.getByRole('link', { name: 'order.pdf' }))).toEqual(pdf());
        await decision.getByRole('button', { name: 'Сохранить' }).click();
        await shows('Решение сохранено');
        await open('/documents');
        const electronic = page.getByRole('region', { name: 'Электронные документы' });
        await electronic.getByRole('heading', { name: 'Запись в первый класс' }).waitFor();
        await electronic.getByRole('link', { name: 'order.pdf' }).waitFor();
      });

      await step('a refusal says why', async () => {
        await open('/applications');
        await page.getByRole('link', { name: complaint }).click();
        for (const words of [
          'Отказано',
          'Срок не нарушен: он ещё идёт.',
          'Основание отказа: Статья 11.2 Федерального закона № 210-ФЗ',
        ])
          await shows(words);
      });

      const statusesOf = (application: string, ...words: readonly string[]) =>
        words.map((word) => `Заявление ${application}: ${word}`);
      await step('each event is in the feed', async () => {
        const expected = [
          'Новый штраф ГИБДД',
          'Штраф оплачен',
          'Вход в личный кабинет',
          ...statusesOf(
            number,
            'принято от заявителя',
            'отправлено в ведомство',
            'принято ведомством',
            'нужны дополнительные сведения',
            'промежуточные результаты',
            'исполнено',
          ),
          ...statusesOf(complaint, 'принято от заявителя', 'отправлено в ведомство', 'отказано'),
        ];
        for (const title of expected)
          await eventually(`${title} in the feed`, async () => {
            await open(`/notifications?q=${encodeURIComponent(title)}`);
            return (await page.getByRole('main').getByRole('link', { name: title }).count()) > 0;
          });
      });

      await step('each event came by SMS and by e-mail to the new telephone and address', async () => {
        const shared = [
          'Новый штраф ГИБДД',
          ...statusesOf(number, 'принято от заявителя', 'принято ведомством', 'нужны', 'промежуточн', 'исполнено'),
          ...statusesOf(complaint, 'принято от заявителя', 'отказано'),
        ];
        await arrived(inbox, 'sms', NEW_TELEPHONE, 'Штраф ГИБДД оплачен: 250', 'Штраф ГИБДД оплачен: 1500', ...shared);
        await arrived(inbox, 'email', NEW_EMAIL, 'Штраф оплачен', ...shared);
        await arrived(inbox, 'email', MARIA.login, 'Вход в личный кабинет');
        await page.goto(`${inbox}/?channel=sms&to=${NEW_TELEPHONE}`);
        await page.getByRole('heading', { name: 'Входящие' }).waitFor();
        await shows(`Заявление ${number}: Исполнено`);
      });
    },
    JOURNEY_MS,
  );

  it(
    'serves a citizen whose browser runs no scripts',
    async () => {
      const page = await someone({ javaScript: false });
      await signIn(page, product.portal, OLEG);
      await page.goto(`${product.portal}/profile/vehicles/new`);
      await page.getByLabel('Марка транспортного средства').fill('ГАЗ «Соболь»');
      await page.getByLabel('Государственный регистрационный знак').fill('о 777 оо 78');
      await page.getByLabel('Серия и номер свидетельства о регистрации').fill('78 ху 000111');
      await page.getByRole('button', { name: 'Добавить транспортное средство' }).click();
      await page.getByText('ГАЗ «Соболь»').first().waitFor();
      const number = await sendComplaint(page, product.portal);
      await page.goto(`${product.portal}/applications`);
      await page.getByRole('link', { name: number }).waitFor();
    },
    JOURNEY_MS,
  );
});
