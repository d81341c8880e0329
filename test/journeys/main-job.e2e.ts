import { connect } from 'node:net';
import { type Browser } from 'playwright-core';
import { applyToSchool, beginService, sendComplaint } from '../support/application-forms.js';
import { openBrowser } from '../support/browser.js';
import { addSampleCar, MARIA, OLEG, signIn, typeIntoEsia } from '../support/citizen.js';
import { dayAhead, inWords, typed } from '../support/days.js';
import { arrived } from '../support/inbox.js';
import { CLERK, signInAtOffice } from '../support/office.js';
import { type Product, startProduct } from '../support/product.js';
import { step } from '../support/step.js';
import { Traveller } from '../support/traveller.js';
import { readWelcome } from '../support/welcome.js';
import { acceptAndAsk, answer, grant, readRefusal, refuse, takeDecision } from './steps/case.steps.js';
import { addDocuments, findElectronicDocument, readDocuments } from './steps/documents.steps.js';
import { downloadReceipt, payByCard, readPaymentHistory, repeatCallback, waitForFines } from './steps/fines.steps.js';
import { readFeed, readTelephoneAndPost, wishEverythingAtOnce } from './steps/notifications.steps.js';
import { changeEmailElsewhere, changeTelephone, readDashboard, readProfile } from './steps/profile.steps.js';

const JOURNEY_MS = 180_000;
const TELEPHONE = '79210000099';
const EMAIL = 'm.nevskaya@example.ru';
const SCAN = 'birth.jpg';
const SUCCESSFUL_CARD = '2200 0000 0000 0004';
const CONFIRMED_CARD = '2201000000009996';
const LEVELS: Readonly<Record<string, string>> = {
  confirmed: 'Подтверждённая',
  standard: 'Стандартная',
  simplified: 'Упрощённая',
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

  const someone = (options: { readonly javaScript?: boolean } = {}) => Traveller.at(browser, product.portal, options);

  const walk = async () => {
    const maria = await someone();
    const { page, portal } = maria;
    await signIn(page, portal, MARIA);
    await step('settings', () => wishEverythingAtOnce(maria));

    await step('profile', () => readProfile(maria));
    await step('telephone changed at ESIA', () =>
      changeTelephone(maria, product.esia, `+${TELEPHONE}`, '+7 921 000-00-99'),
    );
    await step('e-mail refreshed on demand', () => changeEmailElsewhere(maria, EMAIL));

    await step('vehicle', () => addSampleCar(page, portal));
    await step('its fines appear', () => waitForFines(maria, 3));

    await step('fine with a discount', async () => {
      await maria.follow('Невыполнение требования об остановке перед стоп-линией');
      await maria.sees('18810178260000001031', '250,00 ₽', '500,00 ₽', 'Не оплачено', 'Назначение платежа');
      await maria.sees(`действует по ${inWords(dayAhead(5))} включительно, осталось 5 дней`);
      await payByCard(maria, product, '250,00 ₽', SUCCESSFUL_CARD);
      await maria.sees('Банк подтвердил оплату');
      await downloadReceipt(maria);
    });
    await step('fine paid through 3-D Secure', async () => {
      await maria.open('/fines');
      await maria.follow('Несоблюдение требований, предписанных дорожными знаками');
      await payByCard(maria, product, '1 500,00 ₽', CONFIRMED_CARD);
      await maria.type('Код из СМС', '123456');
      await maria.press('Подтвердить');
      await maria.sees('Банк подтвердил оплату');
    });
    await step('callback repeated', () => repeatCallback(maria, product));
    await step('history of payments', () => readPaymentHistory(maria, ['250,00 ₽', '1 500,00 ₽']));

    await step('documents', () => addDocuments(maria, SCAN));
    await step('requisites and scan', () => readDocuments(maria, SCAN));

    await step('catalogue', async () => {
      await maria.open('/services');
      await maria.sees('Парковочное разрешение многодетной семьи', 'Льготная транспортная карта');
    });
    const granted = await step('application to school', () =>
      applyToSchool(page, portal, { telephone: '+7 921 000-00-99', email: EMAIL, cabinetFile: SCAN }),
    );
    await step('dashboard', async () => {
      await beginService(page, portal, 'Досудебное обжалование');
      await readDashboard(maria, inWords(dayAhead(15)), '15 дней');
    });
    const refused = await step('second service', () => sendComplaint(page, portal));

    const clerk = await someone();
    await signInAtOffice(clerk.page, product, CLERK);
    const respondBy = dayAhead(7);
    await step('clerk accepts and asks', () => acceptAndAsk(clerk, granted, typed(respondBy)));
    await step('citizen answers', () => answer(maria, inWords(respondBy)));
    await step('clerk decides', () => grant(clerk));
    await step('clerk refuses the other', () => refuse(clerk, refused));
    await step('citizen takes the decision', () => takeDecision(maria, granted));
    await step('decision is kept', () => findElectronicDocument(maria, 'Запись в первый класс', 'order.pdf'));
    await step('citizen reads the refusal', () => readRefusal(maria, refused));

    await step('feed', () => readFeed(maria, granted, refused));
    await step('SMS and letters', async () => {
      await arrived(product.inbox, 'email', MARIA.login, 'Вход в личный кабинет');
      await readTelephoneAndPost(maria, product.inbox, { telephone: TELEPHONE, email: EMAIL }, granted, refused);
    });
  };

  it('is told by the terminal: addresses that answer', async () => {
    const { pages, sockets } = readWelcome(product.output());
    expect(pages.length).toBeGreaterThanOrEqual(7);
    for (const address of pages) expect([address, (await fetch(address)).status]).toEqual([address, 200]);
    expect(sockets.map(({ protocol }) => protocol)).toEqual(['smpp', 'smtp']);
    for (const { port } of sockets) await opened(port);
  });

  it(
    'is told by the terminal: people of three levels, and staff, who can sign in',
    async () => {
      const { citizens, staff } = readWelcome(product.output());
      const levels = citizens.map(({ about }) => about.split(';')[0]!);
      expect(levels).toEqual(['confirmed', 'standard', 'simplified', 'confirmed']);
      const roles = staff.map(({ about }) => about.split(' ')[0]!);
      expect(roles).toEqual(['clerk', 'clerk', 'clerk', 'administrator']);
      await Promise.all([
        ...citizens.map(async (person, index) => {
          const citizen = await someone();
          await signIn(citizen.page, product.portal, person);
          await citizen.sees(LEVELS[levels[index]!]!);
          await citizen.leave();
        }),
        ...staff.map(async (person) => {
          const member = await someone();
          await signInAtOffice(member.page, product, person);
          await member.page.locator('details.person-menu summary').waitFor();
          await member.leave();
        }),
      ]);
    },
    JOURNEY_MS,
  );

  it.each([
    ['telephone', '8 (921) 000-00-22', 'Здравствуйте, Ольга'],
    ['e-mail', 'Igor.Sadovy@example.ru', 'Здравствуйте, Игорь Андреевич'],
    ['СНИЛС', '112-233-445 95', 'Здравствуйте, Мария Петровна'],
  ])(
    'lets people in by %s, and out of ESIA too',
    async (_kind, login, greeting) => {
      const { portal, esia } = product;
      const citizen = await someone();
      const { page } = citizen;
      await citizen.open('/');
      await citizen.seesHeadings('Популярные услуги', 'Что есть в личном кабинете');
      await citizen.follow('Войти через Госуслуги');
      await citizen.seesHeadings('Вход в Госуслуги');
      expect(new URL(page.url()).origin).toBe(esia);
      await typeIntoEsia(page, { login, password: MARIA.password });
      await citizen.seesHeadings('Разрешить доступ к данным?');
      await citizen.press('Разрешить');
      await citizen.seesHeadings(greeting);
      expect(page.url()).toBe(`${portal}/cabinet`);

      const session = (await page.context().cookies(portal)).find(({ name }) => name === '__Host-session');
      expect(session).toMatchObject({ httpOnly: true, secure: true, path: '/', sameSite: 'Lax' });

      await page.locator('details.person-menu summary').click();
      await citizen.press('Выйти');
      await page.waitForURL(`${portal}/`);
      // The session has ended at the portal, not only in the browser; and ESIA asks for the password again.
      await page.context().addCookies([session!]);
      await citizen.open('/cabinet');
      await page.getByLabel('Пароль').waitFor();
      expect(new URL(page.url()).origin).toBe(esia);
      await citizen.leave();
    },
    JOURNEY_MS,
  );

  it('leads a citizen from a typed-in car to a paid fine and a decision', walk, JOURNEY_MS);

  it(
    'serves a citizen whose browser runs no scripts',
    async () => {
      const oleg = await someone({ javaScript: false });
      await signIn(oleg.page, product.portal, OLEG);
      await oleg.open('/profile/vehicles/new');
      await oleg.type('Марка транспортного средства', 'ГАЗ «Соболь»');
      await oleg.type('Государственный регистрационный знак', 'о 777 оо 78');
      await oleg.type('Серия и номер свидетельства о регистрации', '78 ху 000111');
      await oleg.press('Добавить транспортное средство');
      await oleg.sees('ГАЗ «Соболь»', 'О777ОО 78');
      const number = await sendComplaint(oleg.page, product.portal);
      await oleg.open('/applications');
      await oleg.page.getByRole('link', { name: number }).waitFor();
    },
    JOURNEY_MS,
  );
});
