import { mkdtempSync, rmSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import { type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { eventually } from '../../../test/support/eventually.js';
import { startGibddSandbox } from '../gibdd/server.js';
import { checksumOf } from './callbacks.js';
import { type BankSandbox, type BankSandboxOptions, startBankSandbox } from './server.js';

const MERCHANT = { userName: 'shop-api', password: 'secret', callbackKey: 'key' };
const UIN = '18810178260000001015';

describe('bank sandbox', () => {
  let bank: BankSandbox;
  let portal: Server;
  let callbacks: URLSearchParams[];
  let refusals: number;
  let time: number;

  const start = (options: Partial<BankSandboxOptions> = {}) =>
    startBankSandbox({
      port: 0,
      ...MERCHANT,
      callbackUrl: `http://localhost:${(portal.address() as AddressInfo).port}/callback`,
      now: () => new Date(time),
      ...options,
    });

  beforeEach(async () => {
    callbacks = [];
    refusals = 0;
    time = Date.parse('2026-11-22T09:00:00Z');
    portal = createServer((request, response) => {
      callbacks.push(new URL(request.url ?? '', 'http://portal').searchParams);
      response.statusCode = refusals > 0 ? 503 : 200;
      refusals -= 1;
      response.end();
    });
    await new Promise<void>((listening) => portal.listen(0, () => listening()));
    bank = await start();
  });
  afterEach(async () => {
    await bank.close();
    await new Promise((closed) => portal.close(closed));
  });

  const call = async (method: string, fields: Record<string, string>): Promise<Record<string, unknown>> => {
    const answer = await fetch(`${bank.url}/payment/rest/${method}`, {
      method: 'POST',
      body: new URLSearchParams({ userName: MERCHANT.userName, password: MERCHANT.password, ...fields }),
    });
    return (await answer.json()) as Record<string, unknown>;
  };
  const register = async (
    orderNumber: string,
    fields: Record<string, string> = {},
  ): Promise<{ orderId: string; formUrl: string }> => {
    const order = { orderNumber, amount: '37500', returnUrl: 'http://portal/return', description: 'Штраф', ...fields };
    return (await call('register.do', order)) as { orderId: string; formUrl: string };
  };
  const submit = async (url: string, fields: Record<string, string>): Promise<Response> => {
    const answer = await fetch(url, { method: 'POST', body: new URLSearchParams(fields), redirect: 'manual' });
    await answer.arrayBuffer();
    return answer;
  };
  const payWith = async (pan: string, orderNumber = 'PAY-1') => {
    const { orderId, formUrl } = await register(orderNumber);
    return submit(formUrl, { mdOrder: orderId, pan });
  };

  it('refuses wrong credentials, a number that is taken and one that is too long', async () => {
    expect(await call('register.do', { password: 'wrong' })).toMatchObject({ errorCode: '5' });
    await register('PAY-1');
    expect(await register('PAY-1')).toMatchObject({ errorCode: '1' });
    expect(await register('x'.repeat(37))).toMatchObject({ errorCode: '4' });
    expect(await call('getOrderStatusExtended.do', { orderNumber: 'PAY-2' })).toMatchObject({ errorCode: '6' });
  });

  it('prints its test cards on the payment page and takes no others', async () => {
    const { orderId, formUrl } = await register('PAY-1');
    const html = await (await fetch(formUrl)).text();
    for (const card of ['2200 0000 0000 0004', '2204 0000 0000 1230', '2201 0000 0000 9996', '2202 0000 0000 0002'])
      expect(html).toContain(card);
    expect((await submit(formUrl, { mdOrder: orderId, pan: '4111111111111111' })).status).toBe(422);
    expect(bank.order('PAY-1')?.status).toBe(0);
  });

  it('signs the callback so that the merchant can check it', async () => {
    await payWith('2200000000000004');
    await eventually('the callback', () => callbacks.length === 1);
    const { checksum, ...parameters } = Object.fromEntries(callbacks[0]!);
    expect(parameters).toMatchObject({ orderNumber: 'PAY-1', operation: 'deposited', status: '1', amount: '37500' });
    expect(checksum).toBe(checksumOf(parameters, 'key'));
    expect(checksum).toMatch(/^[0-9A-F]{64}$/);
  });

  it('prefers the address the order itself names', async () => {
    const { orderId, formUrl } = await register('PAY-1', {
      jsonParams: JSON.stringify({ callbackUrl: `http://localhost:${(portal.address() as AddressInfo).port}/own` }),
    });
    await submit(formUrl, { mdOrder: orderId, pan: '2204000000001230' });
    await eventually('the callback', () => callbacks.length === 1);
    expect(callbacks[0]?.get('operation')).toBe('declined');
    expect(callbacks[0]?.get('status')).toBe('0');
  });

  it('may call before it lets the payer go', async () => {
    bank.behave({ callbacks: 'before-return' });
    await payWith('2200000000000004');
    expect(callbacks).toHaveLength(1);
  });

  it('may call twice, late, or with a forged signature', async () => {
    bank.behave({ callbacks: 'twice' });
    await payWith('2200000000000004', 'TWICE');
    time += 2000;
    await eventually('both callbacks', () => callbacks.length === 2);

    bank.behave({ callbacks: 'late' });
    await payWith('2200000000000004', 'LATE');
    bank.behave({ callbacks: 'forged' });
    await payWith('2200000000000004', 'FORGED');
    await eventually('the forged callback', () => callbacks.length === 3);
    const { checksum, ...parameters } = Object.fromEntries(callbacks[2]!);
    expect(parameters.orderNumber).toBe('FORGED');
    expect(checksum).not.toBe(checksumOf(parameters, 'key'));

    bank.behave({ callbacks: 'at-once' });
    time += 60_000;
    await eventually('the late callback', () => callbacks.length === 4);
    expect(callbacks[3]?.get('orderNumber')).toBe('LATE');
  });

  it('calls again after the merchant could not take it', async () => {
    refusals = 1;
    await payWith('2200000000000004');
    await eventually('the first callback', () => callbacks.length === 1);
    time += 3000;
    await eventually('the second callback', () => callbacks.length === 2);
  });

  it('declines after three wrong codes of 3-D Secure', async () => {
    const { orderId, formUrl } = await register('PAY-1');
    await submit(formUrl, { mdOrder: orderId, pan: '2201000000009996' });
    for (const status of [422, 422, 303])
      expect((await submit(`${bank.url}/acs`, { mdOrder: orderId, code: '0' })).status).toBe(status);
    expect(bank.order('PAY-1')).toMatchObject({ status: 6, actionCode: -2006 });
  });

  it('tells when a session is over without a card', async () => {
    await register('PAY-1', { sessionTimeoutSecs: '30' });
    time += 30_000;
    await eventually('the callback', () => callbacks.length === 1);
    expect(callbacks[0]?.get('operation')).toBe('declinedByTimeout');
  });

  it('tells ГИС ГМП of a paid charge, again while it does not answer', async () => {
    const gibdd = await startGibddSandbox({ port: 0, now: () => new Date(time) });
    gibdd.register.mood.gisgmp = 'down';
    const noticing = await start({ gisgmpUrl: gibdd.url, noticeDelayMs: 1000 });
    await bank.close();
    bank = noticing;
    const { orderId, formUrl } = await register('PAY-1', { jsonParams: JSON.stringify({ uin: UIN }) });
    await submit(formUrl, { mdOrder: orderId, pan: '2200000000000004' });
    time += 1000;
    await eventually('a call in vain', () => callbacks.length === 1);
    expect(bank.order('PAY-1')?.noticed).toBe(false);
    gibdd.register.mood.gisgmp = 'up';
    await eventually('the notice', () => bank.order('PAY-1')?.noticed);
    expect([...gibdd.register.payments.values()]).toEqual([
      expect.objectContaining({ uin: UIN, amount: 37500, paymentDate: '2026-11-22' }),
    ]);
    await gibdd.close();
  });

  it('keeps its orders over a restart when it has a folder', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'bank-'));
    await bank.close();
    bank = await start({ dataDir: folder });
    await payWith('2200000000000004');
    await bank.close();
    bank = await start({ dataDir: folder });
    expect(await call('getOrderStatusExtended.do', { orderNumber: 'PAY-1' })).toMatchObject({
      orderStatus: 2,
      amount: 37500,
    });
    rmSync(folder, { recursive: true });
  });

  it('shows its orders and switches on a page', async () => {
    await payWith('2200000000000004');
    expect(await (await fetch(bank.url)).text()).toContain('оплачен (2)');
    await submit(`${bank.url}/mood`, { mood: 'down' });
    expect((await fetch(`${bank.url}/payment/rest/register.do`, { method: 'POST' })).status).toBe(503);
  });
});
