import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type GibddSandbox, startGibddSandbox } from './server.js';

const NOW = new Date('2026-11-22T09:00:00Z');
const CAR = { regnum: 'А123ВС', regreg: '178', stsnum: '7812345678' };

describe('sandbox of the road police and ГИС ГМП', () => {
  let sandbox: GibddSandbox;
  beforeEach(async () => {
    sandbox = await startGibddSandbox({ port: 0, now: () => NOW });
  });
  afterEach(() => sandbox.close());

  const post = (path: string, fields: Record<string, string>) =>
    fetch(`${sandbox.url}${path}`, { method: 'POST', body: new URLSearchParams(fields), redirect: 'manual' });
  const check = async (fields: Record<string, string> = CAR) => {
    const answer = await post('/proxy/check/fines', fields);
    return { status: answer.status, body: (await answer.json()) as { code: number; data?: Record<string, unknown>[] } };
  };

  it('lists the three fines of the sample car in rubles, with terms only where it sends them', async () => {
    const { status, body } = await check();
    expect(status).toBe(200);
    expect(body.code).toBe(200);
    expect(
      body.data?.map(({ Summa, DatePost, enableDiscount, DateDiscount }) => ({
        Summa,
        DatePost,
        enableDiscount,
        DateDiscount,
      })),
    ).toEqual([
      { Summa: 750, DatePost: '2026-11-17', enableDiscount: undefined, DateDiscount: undefined },
      { Summa: 1500, DatePost: '2026-10-12', enableDiscount: true, DateDiscount: '2026-11-01 23:59:59' },
      { Summa: 500, DatePost: '2026-11-07', enableDiscount: true, DateDiscount: '2026-11-27 23:59:59' },
    ]);
  });

  it('answers 404 when plate and certificate do not belong together', async () => {
    expect(await check({ ...CAR, stsnum: '7800000001' })).toMatchObject({ status: 404, body: { code: 404 } });
    expect(await check({ ...CAR, regreg: '98' })).toMatchObject({ status: 404 });
  });

  it('takes a new fine from its page, lists it, and forgets an annulled one', async () => {
    const fine = {
      regnum: 'В777ОР',
      regreg: '98',
      sts: '9900123456',
      rubles: '1000',
      article: '12.9ч.2',
      text: 'Новый',
      decreeDate: '2026-11-22',
      discount: 'none',
      until: '2026-12-12',
    };
    expect((await post('/fines', fine)).status).toBe(303);
    const theirs = { regnum: 'В777ОР', regreg: '98', stsnum: '9900123456' };
    const { body } = await check(theirs);
    expect(body.data).toMatchObject([{ Summa: 1000, enableDiscount: false, KoAPtext: 'Новый' }]);
    expect(await (await fetch(sandbox.url)).text()).toContain(body.data?.[0]?.NumPost);
    await post(`/charges/${String(body.data?.[0]?.NumPost)}/annul`, {});
    expect((await check(theirs)).status).toBe(404);
  });

  it.each([
    ['down', 503],
    ['lying', 200],
  ])('can be %s, by a switch on its page', async (mood, status) => {
    await post('/mood/gibdd', { mood });
    const answer = await post('/proxy/check/fines', CAR);
    expect(answer.status).toBe(status);
    expect(answer.headers.get('content-type')).not.toContain('json');
  });

  it('refuses notices of payment by the codes of the register', () => {
    const notice = {
      paymentId: '10440306530000002211202600000042',
      uin: '18810178260000001015',
      amount: 37500,
      paymentDate: '2026-11-22',
    };
    const take = (changes: Partial<typeof notice> = {}) => sandbox.register.take({ ...notice, ...changes });
    expect(take({ uin: '18810178260000001016' })).toBe(234);
    expect(take({ paymentId: 'x' })).toBe(235);
    expect(take({ amount: 0 })).toBe(32);
    expect(take({ paymentDate: '2026-11-21' })).toBe(55);
    expect(take()).toBe(0);
    expect(take()).toBe(5);
  });

  it('answers an unknown message with RequestRejected', async () => {
    const answer = await fetch(`${sandbox.url}/gisgmp`, {
      method: 'POST',
      headers: { 'content-type': 'text/xml' },
      body: '<x/>',
    });
    expect(answer.status).toBe(500);
    expect(await answer.text()).toContain('UNKNOWN_REQUEST_DESCRIPTION');
  });

  it('keeps its book over a restart when it has a folder', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'gibdd-'));
    const kept = await startGibddSandbox({ port: 0, dataDir: folder, now: () => NOW });
    kept.register.annul('18810178260000001015');
    await kept.close();
    const again = await startGibddSandbox({ port: 0, dataDir: folder, now: () => new Date('2026-12-22T09:00:00Z') });
    expect(again.register.ofUins(['18810178260000001015'])[0]).toMatchObject({
      annulled: true,
      offence: { decreeDate: '2026-11-17' },
    });
    await again.close();
    rmSync(folder, { recursive: true });
  });
});
