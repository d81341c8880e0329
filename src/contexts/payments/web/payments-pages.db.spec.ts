import { Logger } from '@nestjs/common';
import { ACCOUNT_ID } from '../../../../test/support/payments.js';
import { CARDS, giveCard, paymentsApp, type PaymentsApp } from '../../../../test/support/payments-app.js';
import { PortalVisitor, type Visit } from '../../../../test/support/portal-visitor.js';
import { checksumOf } from '../../../sandbox/bank/callbacks.js';
import { FinesQuery } from '../application/fines.query.js';

const CITIZEN = {
  accountId: ACCOUNT_ID,
  sessionId: 's',
  level: 'SIMPLIFIED',
  displayName: 'Мария Петровна Н.',
  oid: '1',
} as const;
const STRANGER = { ...CITIZEN, accountId: '01920000-0000-7000-8000-0000000000ff' } as const;

beforeAll(() => void Logger.overrideLogger(false));

describe('pages of fines and payments', () => {
  let world: PaymentsApp;
  let browser: PortalVisitor;

  beforeEach(async () => {
    world = await paymentsApp();
    world.app.principals.citizen = CITIZEN;
    browser = new PortalVisitor(world.app.nest);
  });
  afterEach(() => world.close());

  const fineHref = async (due = 37500): Promise<string> => {
    const { open } = await world.app.ask(new FinesQuery(ACCOUNT_ID));
    return `/fines/${open.find(({ dueKopecks }) => dueKopecks === due)?.fineId}`;
  };
  /** Presses «Оплатить» on a page: sends what its form holds. */
  const pay = (page: Visit, href: string): Promise<Visit> => {
    const form = new RegExp(`action="${href}/pay">[\\s\\S]*?</form>`).exec(page.html)?.[0] ?? '';
    const valueOf = (name: string): string => new RegExp(`name="${name}" value="([^"]*)"`).exec(form)?.[1] ?? '';
    return browser.send(`${href}/pay`, {
      idempotencyKey: valueOf('idempotencyKey'),
      quotedKopecks: valueOf('quotedKopecks'),
    });
  };
  /** From the fine to the bank with this card and back to the page of the payment. */
  const payWith = async (card: string): Promise<Visit> => {
    const href = await fineHref();
    const back = await giveCard((await pay(await browser.open(href), href)).location!, card);
    const returned = await browser.open(new URL(back!).pathname + new URL(back!).search);
    return browser.open(returned.location!);
  };

  describe('the list', () => {
    it('asks for a car when there is none', async () => {
      const { status, text } = await browser.open('/fines');
      expect(status).toBe(200);
      expect(text).toContain('Добавьте транспортное средство');
    });

    it('shows what is to be paid, the discount that ends first on top, with both sums, the last day and the days left', async () => {
      await world.carAdded();
      const { text } = await browser.open('/fines');
      expect(text).toContain('3 штрафа, всего 2 125,00 ₽');
      expect(text).toMatch(
        /250,00 ₽ вместо 500,00 ₽ Скидка 50 % действует по 27 ноября 2026 г\. включительно, осталось 5 дней .* 375,00 ₽ вместо 750,00 ₽ .* осталось 15 дней .* 1 500,00 ₽/,
      );
      expect(text).toContain('Сведения ГИБДД на 22 ноября 2026 г., 12:00 (МСК)');
    });

    it('says that the register is silent and shows what is known', async () => {
      await world.carAdded();
      world.gibdd.register.mood.gibdd = 'down';
      world.app.clock.advance(3_600_000);
      await browser.open('/fines');
      expect((await browser.send('/fines/refresh')).location).toBe('/fines');
      const { text } = await browser.open('/fines');
      expect(text).toContain('ГИБДД сейчас не отвечает Показано то, что было известно 22 ноября 2026 г., 12:00 (МСК)');
      expect(text).toContain('375,00 ₽');
    });

    it('is refreshed on demand, and not without end', async () => {
      await world.carAdded();
      await browser.open('/fines');
      const answers: number[] = [];
      for (let press = 0; press < 7; press += 1) answers.push((await browser.send('/fines/refresh')).status);
      expect(answers).toEqual([303, 303, 303, 303, 303, 303, 429]);
    });
  });

  it('shows a fine with everything the issue asks for', async () => {
    await world.carAdded();
    const href = await fineHref();
    const { text } = await browser.open(href);
    for (const words of [
      'Номер постановления 188',
      '17 ноября 2026 г.',
      'Административный штраф по постановлению',
      '12.9ч.2',
      'Не оплачено',
      'LADA Vesta, А123ВС178',
      'осталось 15 дней',
      'Полная сумма штрафа: 750,00 ₽',
    ])
      expect(text).toContain(words);
  });

  it('leads to the bank, back, and to a receipt that is a PDF', async () => {
    await world.carAdded();
    const { status, text, html } = await payWith(CARDS.paid);
    expect(status).toBe(200);
    expect(text).toContain('Банк подтвердил оплату 375,00 ₽');
    const receipt = /href="([^"]+receipt\.pdf)"/.exec(html)![1]!;
    const file = await world.app.nest.inject({ method: 'GET', url: receipt });
    expect(file.headers['content-type']).toBe('application/pdf');
    expect(file.headers['content-disposition']).toContain('attachment');
    expect(file.rawPayload.subarray(0, 5).toString()).toBe('%PDF-');
    const history = await browser.open('/fines');
    expect(history.text).toMatch(/История .* Оплачено 375,00 ₽ 22 ноября 2026 г\. Квитанция/);
    expect((await browser.open('/payments')).text).toMatch(/История платежей .* Оплачено 375,00 ₽ Квитанция/);
  });

  it('says why the money was not taken and leads back to the fine', async () => {
    await world.carAdded();
    const { text } = await payWith(CARDS.refused);
    expect(text).toContain('Деньги не списаны Банк отказал: на карте не хватает денег.');
    const again = await browser.open(await fineHref());
    expect(again.text).toMatch(/Платежи по этому штрафу .* Не прошёл/);
    expect(again.text).toContain('Оплатить 375,00 ₽');
  });

  it('waits on a page that refreshes itself, with a way back to the bank', async () => {
    await world.carAdded();
    const href = await fineHref();
    const bankPage = (await pay(await browser.open(href), href)).location!;
    const orderId = new URL(bankPage).searchParams.get('mdOrder')!;
    const { location } = await browser.open(`/payments/return?orderId=${orderId}`);
    const waiting = await browser.open(location!);
    expect(waiting.html).toContain('data-refresh=');
    expect(waiting.text).toContain('Ждём ответа банка');
    expect((await browser.send(`${location}/continue`)).location).toBe(bankPage);
  });

  it('refuses a second payment with a page that offers the first', async () => {
    await world.carAdded();
    const href = await fineHref();
    const shown = await browser.open(href);
    const bankPage = (await pay(shown, href)).location;
    const again = await browser.send(`${href}/pay`, {
      idempotencyKey: '01920000-0000-4000-8000-00000000000c',
      quotedKopecks: '37500',
    });
    expect(again.status).toBe(409);
    expect(again.text).toContain('Этот штраф уже оплачивается');
    const continueAction = /action="(\/payments\/[^"]+\/continue)"/.exec(again.html)![1]!;
    expect((await browser.send(continueAction)).location).toBe(bankPage);
  });

  it('shows the new sum when the discount has ended while the page was open', async () => {
    await world.carAdded();
    const href = await fineHref();
    const shown = await browser.open(href);
    world.app.clock.set('2026-12-08T09:00:00Z');
    const refused = await pay(shown, href);
    expect(refused.status).toBe(409);
    expect(refused.text).toContain(
      'Сумма изменилась Пока страница была открыта, сумма к оплате стала другой. Сейчас к оплате 750,00 ₽',
    );
    expect((await pay(refused, href)).status).toBe(303);
  });

  it('keeps the payment when the bank is down and says that nothing was taken', async () => {
    await world.carAdded();
    const href = await fineHref();
    const shown = await browser.open(href);
    world.bank.behave({ mood: 'down' });
    const { location } = await pay(shown, href);
    expect((await browser.open(location!)).text).toContain(
      'Передаём платёж банку Банк ещё не принял заказ, деньги не списаны.',
    );
    const silent = await browser.send(`${location}/continue`);
    expect(silent.status).toBe(503);
    expect(silent.text).toContain('Банк сейчас не отвечает');
  });

  it('refuses a form that is not ours', async () => {
    await world.carAdded();
    const href = await fineHref();
    await browser.open(href);
    const { status, text } = await browser.send(`${href}/pay`, { idempotencyKey: 'x', quotedKopecks: 'y' });
    expect(status).toBe(422);
    expect(text).toContain('Страница устарела');
  });

  it('shows nothing of it to another account', async () => {
    await world.carAdded();
    const href = await fineHref();
    const { html } = await payWith(CARDS.paid);
    const receipt = /href="([^"]+receipt\.pdf)"/.exec(html)![1]!;
    const paymentHref = receipt.replace('/receipt.pdf', '');
    const orderId = world.bank.order(paymentHref.split('/')[2]!)!.orderId;
    world.app.principals.citizen = STRANGER;
    const theirs = new PortalVisitor(world.app.nest);
    await theirs.open('/fines');
    for (const path of [href, paymentHref, receipt, `/payments/return?orderId=${orderId}`])
      expect((await theirs.open(path)).status).toBe(404);
    for (const path of [`${href}/pay`, `${paymentHref}/continue`])
      expect(
        (await theirs.send(path, { idempotencyKey: '01920000-0000-4000-8000-00000000000c', quotedKopecks: '37500' }))
          .status,
      ).toBe(404);
  });

  describe('the callback', () => {
    const callback = (changes: Record<string, string>, key = 'test') => {
      const parameters = { operation: 'deposited', status: '1', ...changes };
      return `/callbacks/bank?${new URLSearchParams({ ...parameters, checksum: checksumOf(parameters, key) }).toString()}`;
    };
    const begun = async (card: string) => {
      await world.carAdded();
      const href = await fineHref();
      const bankPage = (await pay(await browser.open(href), href)).location!;
      await giveCard(bankPage, card);
      const mdOrder = new URL(bankPage).searchParams.get('mdOrder')!;
      const [payment] = await world.app.sql.query<{ id: string }>('select id from payments.payment');
      world.app.principals.citizen = null;
      return { mdOrder, orderNumber: payment!.id };
    };
    const statusOfPayment = async () =>
      (await world.app.sql.query<{ status: string }>('select status from payments.payment'))[0]?.status;

    it('settles the payment before the payer is back, once, by GET and by POST', async () => {
      const url = callback(await begun(CARDS.paid));
      const answers = await Promise.all([
        world.app.nest.inject({ method: 'GET', url }),
        world.app.nest.inject({ method: 'GET', url }),
        world.app.nest.inject({ method: 'POST', url }),
        world.app.nest.inject({
          method: 'POST',
          url: '/callbacks/bank',
          headers: { 'content-type': 'application/x-www-form-urlencoded' },
          payload: url.split('?')[1],
        }),
      ]);
      expect(answers.map(({ statusCode, body }) => [statusCode, body])).toEqual(Array(4).fill([200, 'OK']));
      expect(await statusOfPayment()).toBe('PAID');
      expect((await world.app.settle()).filter(({ type }) => type === 'payments.fine-paid.v1')).toHaveLength(1);
    });

    it('is not believed: the bank is asked', async () => {
      await world.app.nest.inject({ method: 'GET', url: callback(await begun(CARDS.refused)) });
      expect(await statusOfPayment()).toBe('DECLINED');
    });

    it('with a forged signature changes nothing', async () => {
      const { statusCode } = await world.app.nest.inject({
        method: 'GET',
        url: callback(await begun(CARDS.paid), 'another key'),
      });
      expect(statusCode).toBe(403);
      expect(await statusOfPayment()).toBe('REGISTERED');
    });

    it('asks the bank to come again while its gateway does not answer', async () => {
      const url = callback(await begun(CARDS.paid));
      world.bank.behave({ mood: 'down' });
      expect((await world.app.nest.inject({ method: 'GET', url })).statusCode).toBe(503);
      expect(await statusOfPayment()).toBe('REGISTERED');
    });

    it.each(['PAY-1', '01920000-0000-7000-8000-00000000dead'])(
      'of an order that is not ours (%s) is not found',
      async (orderNumber) => {
        expect((await world.app.nest.inject({ method: 'GET', url: callback({ orderNumber }) })).statusCode).toBe(404);
      },
    );
  });

  describe('the search of charges', () => {
    const search = async (requisiteKind: string, requisite: string): Promise<Visit> => {
      await browser.open('/payments');
      return browser.send('/payments/search', { requisiteKind, requisite });
    };

    it('finds what somebody owes by a number pasted in any shape, and offers to pay only the fines of the cabinet', async () => {
      await world.carAdded();
      const tax = await search('SNILS', '112-233-445 95');
      expect(tax.status).toBe(200);
      expect(tax.text).toMatch(/Найдено: 1 начисление\. .* Транспортный налог .* 3 480,00 ₽/);
      expect(tax.text).not.toContain('112');
      expect(tax.text).not.toContain('оплатить');
      const fines = await search('VEHICLE_REG_CERT', '78 12 345678');
      expect(fines.text).toContain('Найдено: 3 начисления');
      expect(fines.html).toContain(`href="${await fineHref()}"`);
    });

    it('says that nothing was found, and when', async () => {
      expect((await search('DRIVING_LICENCE', '9911123456')).text).toContain(
        'Неоплаченных начислений не найдено Сведения на 22 ноября 2026 г., 12:00 (МСК)',
      );
    });

    it('says that the register is silent, never that nothing is owed', async () => {
      world.gibdd.register.mood.gisgmp = 'lying';
      const { status, text } = await search('SNILS', '11223344595');
      expect(status).toBe(503);
      expect(text).toContain('Сервис начислений временно недоступен');
      expect(text).not.toContain('не найдено');
    });

    it.each([
      ['SNILS', '11223344596', 'Такого номера не бывает: в нём есть опечатка'],
      ['INN', '7810000019', 'Проверьте, сколько знаков вы ввели'],
      ['RF_PASSPORT', '400812345X', 'В номере есть знаки'],
      ['SNILS', '', 'Введите номер документа'],
      ['PHONE', '79210000006', 'Выберите документ'],
    ])('keeps what was typed and says what is wrong with it: %s %s', async (kind, number, words) => {
      const { status, text, html } = await search(kind, number);
      expect(status).toBe(422);
      expect(text).toContain(words);
      if (number && kind !== 'PHONE') expect(html).toContain(`value="${number}"`);
    });

    it('is allowed ten times in ten minutes, and every one is written down without the number', async () => {
      const answers: number[] = [];
      for (let time = 0; time < 11; time += 1) answers.push((await search('SNILS', '11223344595')).status);
      expect(answers).toEqual([...Array<number>(10).fill(200), 429]);
      const journal = await world.app.sql.query<Record<string, unknown>>('select * from payments.charge_search');
      expect(journal).toHaveLength(10);
      expect(JSON.stringify(journal)).not.toContain('11223344595');
      world.app.clock.advance(601_000);
      expect((await search('SNILS', '11223344595')).status).toBe(200);
    });
  });
});
