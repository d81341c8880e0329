import fc from 'fast-check';
import { Money } from '../../../kernel/money.js';
import { ACCOUNT_ID, FINE_ID, NOON, unpaidFine } from '../../../../test/support/payments.js';
import { FinePaid, FinePaymentFailed } from './fine.events.js';
import { type GatewayOrder, Payment } from './payment.js';
import { PaidAmountDiffers } from './payment.errors.js';
import { PAYMENT_STATUSES, PAYMENT_TRANSITIONS } from './payment-state-transitions.js';

const ID = '01920000-0000-7000-8000-0000000000f1';
const PAID = new FinePaid(FINE_ID, ID, ACCOUNT_ID, 37500);
const FAILED = new FinePaymentFailed(FINE_ID, ID, ACCOUNT_ID);

const after = (minutes: number) => new Date(NOON.getTime() + minutes * 60_000);
const begun = (now = NOON) => Payment.begin(ID, 'key', unpaidFine().beginPayment(ID, Money.ofKopecks(37500), now), now);
const registered = () => {
  const payment = begun();
  payment.registered('order', 'http://bank/page');
  return payment;
};
const order = (state: GatewayOrder['state'], changes: Partial<GatewayOrder> = {}): GatewayOrder => ({
  orderId: 'order',
  state,
  amountKopecks: 37500,
  actionCode: 0,
  maskedPan: '220000**0004',
  approvalCode: '123456',
  reference: '1',
  ...changes,
});

describe('Payment', () => {
  it('is registered under its own id with everything the treasury needs', () => {
    expect(begun().request).toMatchObject({
      orderNumber: ID,
      uin: '18810578261122000016',
      expiresAt: after(20),
      payee: { kbk: '18811601123010001140' },
    });
    expect(ID).toHaveLength(36);
  });

  it('takes no card after the moment at which its sum is right', () => {
    const almostMidnight = new Date('2026-12-07T20:55:00Z');
    expect(begun(almostMidnight).request.expiresAt).toEqual(new Date('2026-12-07T21:00:00Z'));
  });

  it('becomes paid and announces it once, however often it is told', () => {
    const payment = registered();
    payment.learn(order('AUTHENTICATING'), false, NOON);
    payment.learn(order('PAID'), false, after(1));
    payment.learn(order('PAID'), false, after(2));
    payment.learn(order('DECLINED'), false, after(3));
    payment.learn(null, false, after(60));
    expect(payment.pullEvents()).toEqual([PAID]);
    expect(payment.isPaid).toBe(true);
  });

  it('becomes paid also when its registration was never noted down', () => {
    const payment = begun();
    payment.learn(order('PAID'), false, after(1));
    expect(payment.pullEvents()).toEqual([PAID]);
  });

  it.each(['CREATED', 'REGISTERED', 'AUTHENTICATING'])('fails when the gateway declines it in %s', (status) => {
    const payment = status === 'CREATED' ? begun() : registered();
    if (status === 'AUTHENTICATING') payment.learn(order('AUTHENTICATING'), false, NOON);
    payment.learn(order('DECLINED', { actionCode: 116 }), false, after(1));
    expect(payment.pullEvents()).toEqual([FAILED]);
    expect(payment.hasFailed).toBe(true);
  });

  it.each([
    ['nobody came', order('WAITING')],
    ['the issuer never answered', order('AUTHENTICATING')],
    ['the gateway never heard of it', null],
  ])('is given up a minute after its session when %s', (_case, news) => {
    const payment = registered();
    payment.learn(news, false, new Date(after(21).getTime() - 1));
    expect(payment.isOpen).toBe(true);
    payment.learn(news, false, after(21));
    expect(payment.pullEvents()).toEqual([FAILED]);
    payment.learn(news, false, after(22));
    expect(payment.pullEvents()).toEqual([]);
  });

  it('settles the fine with money that comes after it was given up', () => {
    const payment = registered();
    payment.learn(order('WAITING'), false, after(21));
    payment.learn(order('PAID'), false, after(30));
    expect(payment.pullEvents()).toEqual([FAILED, PAID]);
  });

  it('owes late money back when another payment holds the fine, and announces nothing', () => {
    const payment = registered();
    payment.learn(order('DECLINED'), false, after(1));
    payment.pullEvents();
    payment.learn(order('PAID'), true, after(2));
    expect(payment.owedBack).toEqual({ orderId: 'order', amount: Money.ofKopecks(37500) });
    payment.refunded(after(3));
    expect(payment.owedBack).toBeNull();
    payment.learn(order('PAID'), true, after(4));
    expect(payment.pullEvents()).toEqual([]);
    expect(payment.isPaid).toBe(false);
  });

  it('never takes another sum for its own', () => {
    const payment = registered();
    expect(() => payment.learn(order('PAID', { amountKopecks: 1 }), false, NOON)).toThrow(PaidAmountDiffers);
    expect(payment.isOpen).toBe(true);
  });

  it('ends when the bank will not take it', () => {
    const payment = begun();
    payment.rejected(NOON);
    payment.rejected(NOON);
    expect(payment.pullEvents()).toEqual([FAILED]);
    expect(payment.canBePaid(NOON)).toBe(false);
  });

  it('can be paid until its session ends', () => {
    expect(registered().canBePaid(new Date(after(20).getTime() - 1))).toBe(true);
    expect(registered().canBePaid(after(20))).toBe(false);
    expect(registered().page).toBe('http://bank/page');
  });
});

describe('any news in any order', () => {
  const news = fc.record({
    order: fc.constantFrom(
      null,
      order('WAITING'),
      order('AUTHENTICATING'),
      order('PAID'),
      order('DECLINED'),
      order('REFUNDED'),
    ),
    held: fc.boolean(),
    minutes: fc.integer({ min: 0, max: 3000 }),
  });

  it('announce money at most once and never a failure after it', () => {
    fc.assert(
      fc.property(fc.array(news, { maxLength: 12 }), (all) => {
        const payment = registered();
        for (const { order: told, held, minutes } of all)
          payment.learn(told, held && payment.hasFailed, after(minutes));
        const events = payment.pullEvents();
        const paid = events.findIndex((event) => event instanceof FinePaid);
        expect(events.filter((event) => event instanceof FinePaid).length).toBeLessThanOrEqual(1);
        if (paid >= 0) expect(paid).toBe(events.length - 1);
        expect(payment.isPaid).toBe(paid >= 0);
      }),
    );
  });
});

describe('table of transitions', () => {
  it('leads from the first status to every other one', () => {
    const reached = new Set(['CREATED']);
    for (const _ of PAYMENT_STATUSES)
      for (const { from, to } of PAYMENT_TRANSITIONS) if (reached.has(from)) reached.add(to);
    expect([...reached].sort()).toEqual([...PAYMENT_STATUSES].sort());
  });

  it('never leaves money that was taken', () => {
    expect(PAYMENT_TRANSITIONS.filter(({ from }) => from === 'PAID' || from === 'REFUNDED')).toEqual([]);
  });
});
