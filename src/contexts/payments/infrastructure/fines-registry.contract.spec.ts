import { Logger } from '@nestjs/common';
import { type GibddSandbox, startGibddSandbox } from '../../../sandbox/gibdd/server.js';
import { NOON, sampleCar } from '../../../../test/support/payments.js';
import { SetClock } from '../../../../test/support/test-app.js';
import { testConfig } from '../../../../test/support/test-config.js';
import { Money } from '../../../kernel/money.js';
import { RegistryUnavailable } from '../application/ports/outside.errors.js';
import { GibddFinesRegistry } from './gibdd-fines-registry.js';
import { OutsideCalls, Patience } from './outside-calls.js';

beforeAll(() => void Logger.overrideLogger(false));

describe('FinesRegistry at the road police', () => {
  let sandbox: GibddSandbox;
  let registry: GibddFinesRegistry;
  const impatient = new OutsideCalls(new Patience(300, 1, 60_000));
  const registryAt = (url: string) =>
    new GibddFinesRegistry(testConfig('postgres://none', { GIBDD_URL: url }), new SetClock(NOON), impatient);

  beforeEach(async () => {
    sandbox = await startGibddSandbox({ port: 0, slowMs: 2000, now: () => NOON });
    registry = registryAt(sandbox.url);
  });
  afterEach(() => sandbox.close());

  it('lists the unpaid fines of a car as a snapshot', async () => {
    const { fines, asOf } = await registry.unpaidFines(sampleCar);
    expect(asOf).toEqual(NOON);
    expect(fines).toHaveLength(3);
    expect(fines[0]).toEqual({
      uin: expect.stringMatching(/^188\d{17}$/),
      decreeNumber: fines[0]?.uin,
      decreeDate: '2026-11-17',
      offenceAt: '2026-11-14T05:14:22.000Z',
      article: '12.9ч.2',
      offence: expect.stringContaining('Превышение скорости'),
      department: 'ЦАФАП ГИБДД (образец)',
      amount: Money.ofRubles(750),
      discount: null,
    });
    expect(fines[1]?.discount).toEqual({ kind: 'percent', percent: 50, validThrough: '2026-11-01' });
  });

  it('tells terms that were not sent from terms that say there is none', async () => {
    const fine = {
      regnum: 'В777ОР',
      regreg: '98',
      sts: '9900123456',
      amount: 50000,
      article: '12.9ч.2',
      text: '',
      decreeDate: '2026-11-20',
    };
    sandbox.addFine({ ...fine, discount: null });
    sandbox.addFine({ ...fine, discount: 'none' });
    const { fines } = await registry.unpaidFines({ ...sampleCar, grz: 'В777ОР98', sts: '9900123456' });
    expect(fines.map(({ discount }) => discount)).toEqual([null, { kind: 'none' }]);
  });

  it.each([
    ['trailer of region 78', 'АВ123478', 'АВ1234', '78'],
    ['taxi of region 178', 'АВ123178', 'АВ123', '178'],
    ['motorcycle', '1234АВ78', '1234АВ', '78'],
    ['car of region 198', 'А123ВС198', 'А123ВС', '198'],
  ])('finds a %s', async (_case, grz, regnum, regreg) => {
    sandbox.addFine({
      regnum,
      regreg,
      sts: '9900654321',
      amount: 50000,
      article: '12.9ч.2',
      text: '',
      decreeDate: '2026-11-20',
      discount: null,
    });
    expect((await registry.unpaidFines({ ...sampleCar, grz, sts: '9900654321' })).fines).toHaveLength(1);
  });

  it('answers with an empty list for a car without fines', async () => {
    expect((await registry.unpaidFines({ ...sampleCar, sts: '7800000001' })).fines).toEqual([]);
  });

  it.each(['down', 'slow', 'lying'] as const)('is unavailable, not empty, when the register is %s', async (mood) => {
    sandbox.register.mood.gibdd = mood;
    await expect(registry.unpaidFines(sampleCar)).rejects.toThrow(RegistryUnavailable);
  });

  it('is unavailable when nobody listens', async () => {
    await expect(registryAt('http://localhost:9').unpaidFines(sampleCar)).rejects.toThrow(RegistryUnavailable);
  });

  it('leaves a register that failed many times alone for a while', async () => {
    sandbox.register.mood.gibdd = 'down';
    for (let call = 0; call < 3; call += 1)
      await expect(registry.unpaidFines(sampleCar)).rejects.toThrow(RegistryUnavailable);
    sandbox.register.mood.gibdd = 'up';
    await expect(registry.unpaidFines(sampleCar)).rejects.toThrow(RegistryUnavailable);
  });
});
