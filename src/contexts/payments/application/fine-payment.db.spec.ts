import { randomUUID } from 'node:crypto';
import { jest } from '@jest/globals';
import { type EntityManager } from '@mikro-orm/postgresql';
import { ACCOUNT_ID } from '../../../../test/support/payments.js';
import { CARDS, giveCard, paymentsApp, type PaymentsApp } from '../../../../test/support/payments-app.js';
import { type TestApp } from '../../../../test/support/test-app.js';
import { eventually } from '../../../../test/support/eventually.js';
import { AmountChanged, FineAlreadyPaid, FineNotFound, PaymentInProgress } from '../domain/fine.errors.js';
import { Fine } from '../domain/fine.js';
import { ConcurrentChange, PaymentNotFound } from '../domain/payment.errors.js';
import { Payment } from '../domain/payment.js';
import { PaymentRepository } from '../domain/payment.repository.js';
import { SettlePendingPayments } from '../infrastructure/settle-pending-payments.job.js';
import { FineQuery, type FineRow, FinesQuery } from './fines.query.js';
import { OpenPaymentPage } from './open-payment-page.js';
import { PaymentQuery } from './payments.query.js';
import { GatewayUnavailable, OrderRefused } from './ports/outside.errors.js';
import { PaymentGateway } from './ports/payment-gateway.js';
import { RefreshFines } from './refresh-fines.js';
import { SettlePayment } from './settle-payment.js';
import { StartFinePayment } from './start-fine-payment.js';

const OTHER_ACCOUNT = randomUUID();

describe('paying a fine', () => {
  let world: PaymentsApp;
  let app: TestApp;
  let fine: FineRow;

  beforeEach(async () => {
    world = await paymentsApp();
    app = world.app;
    await world.carAdded();
    // 750 rubles, half off by the portal's policy until 7 December.
    fine = (await app.ask(new FinesQuery(ACCOUNT_ID))).open.find(({ dueKopecks }) => dueKopecks === 37500)!;
  });
  afterEach(() => world.close());

  const start = (key = randomUUID() as string, quoted = 37500) =>
    app.execute(new StartFinePayment(ACCOUNT_ID, fine.fineId, key, quoted));
  const openPage = async (paymentId: string) => (await app.execute(new OpenPaymentPage(ACCOUNT_ID, paymentId)))!;
  const settle = (paymentId: string) => app.execute(new SettlePayment(paymentId));
  const job = () => app.get(SettlePendingPayments).run();
  const announced = async () => (await app.settle()).map(({ type }) => type);
  const now = async () => {
    const [{ status, paymentId, paidKopecks }, payments] = [
      (await app.ask(new FineQuery(ACCOUNT_ID, fine.fineId)))!,
      await app.sql.query<{ status: string }>('select status from payments.payment order by id'),
    ];
    return { fine: status, paymentId, paidKopecks, payments: payments.map(({ status: of }) => of) };
  };
  const seconds = (count: number) => app.clock.advance(count * 1000);

  it('takes the money and settles the fine once, whoever brings the news and however often', async () => {
    const id = await start();
    expect(await now()).toMatchObject({ fine: 'PAYMENT_PENDING', payments: ['CREATED'] });
    await giveCard(await openPage(id), CARDS.paid);
    seconds(20);
    await Promise.all([settle(id), settle(id), settle(id), job(), settle(id)]);
    await settle(id);
    expect(await now()).toEqual({ fine: 'PAID', paymentId: id, paidKopecks: 37500, payments: ['PAID'] });
    expect(await announced()).toEqual(['payments.fine-paid.v1']);
    expect(await app.ask(new PaymentQuery(ACCOUNT_ID, id))).toMatchObject({
      outcome: 'PAID',
      maskedPan: '220000**0004',
      discountPercent: 50,
    });
  });

  it('tells the register through the bank: the fine leaves its unpaid list and does not come back here', async () => {
    const id = await start();
    await giveCard(await openPage(id), CARDS.paid);
    await settle(id);
    await eventually('the notice of the payment', () => world.gibdd.register.payments.size === 1);
    seconds(60);
    await app.execute(new RefreshFines({ accountId: ACCOUNT_ID }));
    const { open, settled } = await app.ask(new FinesQuery(ACCOUNT_ID));
    expect({ open: open.length, settled: settled.map(({ fineId }) => fineId) }).toEqual({
      open: 2,
      settled: [fine.fineId],
    });
    expect(world.gibdd.register.charges.filter(({ paid }) => paid > 0).map(({ uin, paid }) => [uin, paid])).toEqual([
      [fine.uin, 37500],
    ]);
  });

  it('leaves the fine unpaid after a refusal and lets it be paid with another card', async () => {
    const refused = await start();
    await giveCard(await openPage(refused), CARDS.refused);
    await settle(refused);
    await settle(refused);
    expect(await announced()).toEqual(['payments.fine-payment-failed.v1']);
    const second = await start();
    await giveCard(await openPage(second), CARDS.paid);
    await settle(second);
    expect(await now()).toMatchObject({ fine: 'PAID', payments: ['DECLINED', 'PAID'] });
  });

  it('gives the same payment to a double click and a different press its refusal', async () => {
    const key = randomUUID();
    const [first, second] = await Promise.all([start(key), start(key)]);
    expect(second).toBe(first);
    expect(await start(key)).toBe(first);
    const again = start();
    await expect(again).rejects.toThrow(PaymentInProgress);
    await expect(again).rejects.toMatchObject({ paymentId: first });
    expect(await now()).toMatchObject({ payments: ['CREATED'] });
  });

  it('gives the same payment to a double click whose other half commits after the key was looked for', async () => {
    const key = randomUUID();
    const first = await start(key);
    const payments = app.get(PaymentRepository);
    const lookedTooEarly = jest.spyOn(payments, 'ofKey').mockResolvedValueOnce(null);
    expect(await start(key)).toBe(first);
    expect(lookedTooEarly).toHaveBeenCalledTimes(1);
  });

  it('begins one payment out of many at once', async () => {
    const results = await Promise.allSettled(Array.from({ length: 8 }, () => start()));
    expect(results.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
    for (const result of results)
      if (result.status === 'rejected') expect(result.reason).toBeInstanceOf(PaymentInProgress);
    expect((await now()).payments).toEqual(['CREATED']);
  });

  it('registers one order at the bank out of many at once', async () => {
    const id = await start();
    const pages = await Promise.all([openPage(id), openPage(id), openPage(id)]);
    expect(new Set(pages).size).toBe(1);
  });

  it('computes the sum anew at the moment of authorisation', async () => {
    app.clock.set('2026-12-07T20:59:59.999Z');
    await start();
    app.clock.set('2026-12-07T21:10:00Z');
    await job();
    await expect(start(randomUUID(), 37500)).rejects.toThrow(AmountChanged);
    await expect(start(randomUUID(), 37500)).rejects.toMatchObject({ dueKopecks: 75000 });
    await start(randomUUID(), 75000);
    expect(await now()).toMatchObject({ payments: ['EXPIRED', 'CREATED'] });
  });

  it('is refused to another account and for a fine that is paid', async () => {
    await expect(app.execute(new StartFinePayment(OTHER_ACCOUNT, fine.fineId, randomUUID(), 37500))).rejects.toThrow(
      FineNotFound,
    );
    const id = await start();
    await expect(app.execute(new OpenPaymentPage(OTHER_ACCOUNT, id))).rejects.toThrow(PaymentNotFound);
    expect(await app.ask(new PaymentQuery(OTHER_ACCOUNT, id))).toBeNull();
    await giveCard(await openPage(id), CARDS.paid);
    await settle(id);
    await expect(start()).rejects.toThrow(FineAlreadyPaid);
  });

  it('holds the charge against a second account that has the same fine', async () => {
    const twin = randomUUID();
    await app.sql.query(
      `insert into payments.fine select $1, $2, uin, vehicle_id, status, decree_number, decree_date, offence_at, article, offence, department, purpose, amount_kopecks,
         terms_source, policy_code, discount_possible, discount_percent, discounted_kopecks, discount_until, payee, active_payment_id, paid_kopecks, settled_at, found_at, as_of, version
       from payments.fine where id = $3`,
      [twin, OTHER_ACCOUNT, fine.fineId],
    );
    const startTwin = () => app.execute(new StartFinePayment(OTHER_ACCOUNT, twin, randomUUID(), 37500));
    const id = await start();
    await expect(startTwin()).rejects.toMatchObject({ code: 'payments.payment-in-progress', paymentId: null });
    await giveCard(await openPage(id), CARDS.paid);
    await settle(id);
    await expect(startTwin()).rejects.toThrow(FineAlreadyPaid);
  });

  describe('after SIGKILL', () => {
    it('between the payment and its registration: the same press goes on, or the job ends it', async () => {
      const key = randomUUID();
      const id = await start(key);
      // killed here
      expect(await start(key)).toBe(id);
      expect(await openPage(id)).toContain('mdOrder=');
    });

    it('between the registration and its note: the order is found again, not made twice', async () => {
      const id = await start();
      const payment = await app.inUnitOfWork(() => app.get(PaymentRepository).get(id));
      const registered = await app.get(PaymentGateway).register(payment.request);
      // killed here
      expect(await openPage(id)).toBe(registered.formUrl);
      await giveCard(registered.formUrl, CARDS.paid);
      await settle(id);
      expect(await now()).toMatchObject({ fine: 'PAID', payments: ['PAID'] });
    });

    it('between the registration and its note, with the card given in another window: the job notices', async () => {
      const id = await start();
      const payment = await app.inUnitOfWork(() => app.get(PaymentRepository).get(id));
      await giveCard((await app.get(PaymentGateway).register(payment.request)).formUrl, CARDS.paid);
      seconds(16);
      await job();
      expect(await now()).toMatchObject({ fine: 'PAID', payments: ['PAID'] });
    });

    it('after the card was given: neither browser nor callback come, the job settles', async () => {
      const id = await start();
      await giveCard(await openPage(id), CARDS.paid);
      await job();
      expect(await now()).toMatchObject({ payments: ['REGISTERED'] });
      seconds(16);
      await job();
      expect(await now()).toMatchObject({ fine: 'PAID', payments: ['PAID'] });
      expect(await announced()).toEqual(['payments.fine-paid.v1']);
    });
  });

  describe('when nothing comes back', () => {
    it.each([
      ['the window was closed', null],
      ['the issuer never answers', CARDS.silent],
    ])('gives the payment up after its session: %s', async (_case, card) => {
      const id = await start();
      const bankPage = await openPage(id);
      if (card) expect(await giveCard(bankPage, card)).toBeNull();
      seconds(16);
      await job();
      expect((await now()).fine).toBe('PAYMENT_PENDING');
      seconds(1300);
      await job();
      expect((await now()).fine).toBe('UNPAID');
      expect(await announced()).toEqual(['payments.fine-payment-failed.v1']);
    });

    it('asks about a payment again a minute after it failed, so that it does not stand in the way of others', async () => {
      const id = await start();
      await giveCard(await openPage(id), CARDS.silent);
      world.bank.behave({ mood: 'down' });
      app.clock.advance(3_600_000);
      await job();
      const [row] = await app.sql.query<{ check_after: Date }>('select check_after from payments.payment where id = $1', [id]);
      expect(row?.check_after).toEqual(new Date(app.clock.now().getTime() + 60_000));
      expect(await now()).toMatchObject({ fine: 'PAYMENT_PENDING' });
    });

    it('keeps the payment open while the bank is down, and lets it be continued afterwards', async () => {
      world.bank.behave({ mood: 'down' });
      const id = await start();
      await expect(openPage(id)).rejects.toThrow(GatewayUnavailable);
      seconds(16);
      await job();
      expect(await now()).toMatchObject({ fine: 'PAYMENT_PENDING', payments: ['CREATED'] });
      world.bank.behave({ mood: 'up' });
    });

    it('settles the fine with money that comes after the payment was given up', async () => {
      const id = await start();
      await giveCard(await openPage(id), CARDS.silent);
      seconds(1300);
      await job();
      Object.assign(world.bank.order(id)!, { status: 2, actionCode: 0 });
      seconds(700);
      await job();
      expect(await now()).toMatchObject({ fine: 'PAID', paymentId: id, payments: ['PAID'] });
      expect(await announced()).toEqual(['payments.fine-payment-failed.v1', 'payments.fine-paid.v1']);
    });

    it('gives late money back when the fine was paid meanwhile', async () => {
      const late = await start();
      await giveCard(await openPage(late), CARDS.silent);
      seconds(1300);
      await job();
      const second = await start();
      await giveCard(await openPage(second), CARDS.paid);
      await settle(second);
      Object.assign(world.bank.order(late)!, { status: 2, actionCode: 0 });
      await settle(late);
      await settle(late);
      expect(world.bank.order(late)?.status).toBe(4);
      expect(await now()).toMatchObject({ fine: 'PAID', paymentId: second, payments: ['REFUNDED', 'PAID'] });
      expect(await announced()).toEqual(['payments.fine-payment-failed.v1', 'payments.fine-paid.v1']);
    });
  });

  it('ends at once when the bank will not take the order', async () => {
    const id = await start();
    const gateway = app.get(PaymentGateway);
    const register = gateway.register.bind(gateway);
    gateway.register = () => Promise.reject(new OrderRefused('5'));
    await expect(openPage(id)).rejects.toThrow(OrderRefused);
    gateway.register = register;
    expect(await now()).toMatchObject({ fine: 'UNPAID', payments: ['REJECTED'] });
    await start();
  });

  describe('storage', () => {
    it('brings fine and payment back as they were', async () => {
      const id = await start();
      await giveCard(await openPage(id), CARDS.paid);
      const stored = await app.inUnitOfWork(async (em) => {
        const pair = await loaded(em, id, fine.fineId);
        pair.payment.learn(
          {
            orderId: 'o',
            state: 'PAID',
            amountKopecks: 37500,
            actionCode: 0,
            maskedPan: 'm',
            approvalCode: 'a',
            reference: 'r',
          },
          false,
          app.clock.now(),
        );
        await app.get(PaymentRepository).save(pair.payment, pair.fine);
        return { payment: { ...pair.payment }, fine: { ...pair.fine } };
      });
      const again = await app.inUnitOfWork(async (em) => {
        const pair = await loaded(em, id, fine.fineId);
        return { payment: { ...pair.payment }, fine: { ...pair.fine } };
      });
      expect(again).toEqual(stored);
      expect(again.payment).toMatchObject({
        decreeDate: '2026-11-17',
        payee: { bik: '014030106' },
        amountKopecks: 37500,
      });
      expect(again.fine).toMatchObject({ discountUntil: '2026-12-07', decreeDate: '2026-11-17' });
    });

    it('refuses a save that was overtaken', async () => {
      const id = await start();
      const overtaken = app.inUnitOfWork(async (em) => {
        const pair = await loaded(em, id, fine.fineId);
        await app.execute(new OpenPaymentPage(ACCOUNT_ID, id));
        pair.payment.rejected(app.clock.now());
        await app.get(PaymentRepository).save(pair.payment, pair.fine);
      });
      await expect(overtaken).rejects.toThrow(ConcurrentChange);
      expect((await now()).payments).toEqual(['REGISTERED']);
    });
  });
});

const loaded = async (em: EntityManager, paymentId: string, fineId: string) => ({
  payment: await em.findOneOrFail(Payment, { id: paymentId }),
  fine: await em.findOneOrFail(Fine, { id: fineId }),
});
