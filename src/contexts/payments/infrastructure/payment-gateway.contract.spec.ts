import { Logger } from '@nestjs/common';
import { type BankSandbox, startBankSandbox } from '../../../sandbox/bank/server.js';
import { aPayee, NOON } from '../../../../test/support/payments.js';
import { SetClock } from '../../../../test/support/test-app.js';
import { testConfig } from '../../../../test/support/test-config.js';
import { Money } from '../../../kernel/money.js';
import { GatewayUnavailable, OrderRefused } from '../application/ports/outside.errors.js';
import { type GatewayRequest } from '../domain/payment.js';
import { OutsideCalls, Patience } from './outside-calls.js';
import { RbsPaymentGateway } from './rbs-payment-gateway.js';

const CARDS = {
  paid: '2200 0000 0000 0004',
  refused: '2204000000001230',
  confirmed: '2201000000009996',
  silent: '2202000000000002',
};
const NUMBER = '01920000-0000-7000-8000-0000000000f1';

beforeAll(() => void Logger.overrideLogger(false));

describe('PaymentGateway at a bank of the RBS family', () => {
  let bank: BankSandbox;
  let gateway: RbsPaymentGateway;
  let clock: SetClock;
  const gatewayWith = (environment: Record<string, string>) =>
    new RbsPaymentGateway(
      testConfig('postgres://none', { BANK_URL: bank.url, ...environment }),
      clock,
      new OutsideCalls(new Patience(300, 1, 60_000)),
    );
  const order = (changes: Partial<GatewayRequest> = {}): GatewayRequest => ({
    orderNumber: NUMBER,
    amount: Money.ofKopecks(37500),
    purpose: 'Штраф',
    uin: '18810578261122000016',
    payee: aPayee(),
    expiresAt: new Date(NOON.getTime() + 1200_000),
    ...changes,
  });
  /** What the payer does on the bank's page; answers where the browser is sent. */
  const submit = async (formUrl: string, fields: Record<string, string>): Promise<string> => {
    const mdOrder = new URL(formUrl).searchParams.get('mdOrder') ?? '';
    const answer = await fetch(formUrl, {
      method: 'POST',
      body: new URLSearchParams({ mdOrder, ...fields }),
      redirect: 'manual',
    });
    await answer.arrayBuffer();
    return answer.headers.get('location') ?? '';
  };

  beforeEach(async () => {
    clock = new SetClock(NOON);
    bank = await startBankSandbox({
      port: 0,
      userName: 'lkspb-api',
      password: 'test',
      callbackKey: 'test',
      slowMs: 2000,
      now: () => clock.now(),
    });
    bank.behave({ callbacks: 'never' });
    gateway = gatewayWith({});
  });
  afterEach(() => bank.close());

  it('registers an order and knows it by our number', async () => {
    const { orderId, formUrl } = await gateway.register(order());
    expect(formUrl).toBe(`${bank.url}/payment/merchants/lkspb/payment_ru.html?mdOrder=${orderId}`);
    expect(await gateway.order(NUMBER)).toMatchObject({
      orderId,
      state: 'WAITING',
      amountKopecks: 37500,
      maskedPan: null,
    });
    expect(bank.order(NUMBER)).toMatchObject({
      expiresAt: NOON.getTime() + 1200_000,
      params: { uin: '18810578261122000016', payeeBik: '014030106' },
    });
  });

  it('gives the same order to a repeat of the same number, as after a lost answer', async () => {
    const first = await gateway.register(order());
    expect(await gateway.register(order())).toEqual(first);
  });

  it('knows nothing of a number it never saw', async () => {
    expect(await gateway.order(NUMBER)).toBeNull();
  });

  it('tells that money was taken, by which card and authorisation', async () => {
    const { formUrl, orderId } = await gateway.register(order());
    const back = await submit(formUrl, { pan: CARDS.paid });
    expect(back).toBe(`http://localhost:3000/payments/return?orderId=${orderId}`);
    expect(await gateway.order(NUMBER)).toEqual({
      orderId,
      state: 'PAID',
      amountKopecks: 37500,
      actionCode: 0,
      maskedPan: '220000**0004',
      approvalCode: expect.stringMatching(/^\d{6}$/),
      reference: expect.stringMatching(/^\d+$/),
    });
  });

  it('tells that the issuer refused', async () => {
    const { formUrl } = await gateway.register(order());
    await submit(formUrl, { pan: CARDS.refused });
    expect(await gateway.order(NUMBER)).toMatchObject({ state: 'DECLINED', actionCode: 116 });
  });

  it('tells that the payer is at the ACS, and what came of it', async () => {
    const { formUrl } = await gateway.register(order());
    expect(await submit(formUrl, { pan: CARDS.confirmed })).toContain('/acs?mdOrder=');
    expect(await gateway.order(NUMBER)).toMatchObject({ state: 'AUTHENTICATING' });
    const acs = new URL(formUrl);
    acs.pathname = '/acs';
    await submit(acs.href, { code: '000000' });
    expect(await gateway.order(NUMBER)).toMatchObject({ state: 'AUTHENTICATING' });
    await submit(acs.href, { code: '123456' });
    expect(await gateway.order(NUMBER)).toMatchObject({ state: 'PAID' });
  });

  it('ends an order whose session is over, but not one whose issuer never answers', async () => {
    await gateway.register(order());
    const silent = '01920000-0000-7000-8000-0000000000f2';
    await submit((await gateway.register(order({ orderNumber: silent }))).formUrl, { pan: CARDS.silent });
    clock.advance(1201_000);
    expect(await gateway.order(NUMBER)).toMatchObject({ state: 'DECLINED', actionCode: -2007 });
    expect(await gateway.order(silent)).toMatchObject({ state: 'AUTHENTICATING' });
  });

  it('gives money back once', async () => {
    const { formUrl, orderId } = await gateway.register(order());
    await submit(formUrl, { pan: CARDS.paid });
    await gateway.refund(orderId, Money.ofKopecks(37500));
    expect(await gateway.order(NUMBER)).toMatchObject({ state: 'REFUNDED' });
    await expect(gateway.refund(orderId, Money.ofKopecks(37500))).rejects.toThrow();
  });

  it('refuses an order for good when the credentials are wrong', async () => {
    await expect(gatewayWith({ BANK_PASSWORD: 'wrong' }).register(order())).rejects.toThrow(OrderRefused);
  });

  it.each(['down', 'slow'] as const)('leaves the outcome open when the bank is %s', async (mood) => {
    bank.behave({ mood });
    await expect(gateway.register(order())).rejects.toThrow(GatewayUnavailable);
    await expect(gateway.order(NUMBER)).rejects.toThrow(GatewayUnavailable);
  });

  describe('callback', () => {
    const callback = {
      mdOrder: '5f6b2c1e-7a3d-4e0b-9c55-0a1b2c3d4e5f',
      orderNumber: 'PAY-000123',
      operation: 'deposited',
      status: '1',
      amount: '75000',
    };
    const checksum = '5817C3133983C9E5D7A689FFB134C6C5C804CA44290D2FCDCDF48613D1E1D320';

    it('is believed when the bank signed it', () => {
      const keyed = gatewayWith({ BANK_CALLBACK_KEY: 'sandbox-secret' });
      expect(keyed.orderNumberOf({ ...callback, checksum })).toBe('PAY-000123');
      expect(keyed.orderNumberOf({ ...callback, checksum: checksum.toLowerCase(), sign_alias: 'any' })).toBe(
        'PAY-000123',
      );
    });

    it.each([
      ['without a signature', callback],
      ['with another sum', { ...callback, amount: '1', checksum }],
      ['with one parameter more', { ...callback, extra: '1', checksum }],
      ['with a cut signature', { ...callback, checksum: checksum.slice(0, 32) }],
      ['with a signature that is no number', { ...callback, checksum: 'x'.repeat(64) }],
    ])('is not believed %s', (_case, parameters) => {
      expect(gatewayWith({ BANK_CALLBACK_KEY: 'sandbox-secret' }).orderNumberOf(parameters)).toBeNull();
    });
  });
});
