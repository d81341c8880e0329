import { type GibddSandbox } from '../../../sandbox/gibdd/server.js';
import { ACCOUNT_ID, VEHICLE_ID } from '../../../../test/support/payments.js';
import { paymentsApp, type PaymentsApp } from '../../../../test/support/payments-app.js';
import { type TestApp } from '../../../../test/support/test-app.js';
import { VehicleAdded, VehicleRemoved } from '../../profile/public.js';
import { FinesAttentionQuery } from '../application/fines-attention.query.js';
import { FinesQuery } from '../application/fines.query.js';
import { RefreshFines } from '../application/refresh-fines.js';
import { RefreshDueFines } from './refresh-due-fines.job.js';

describe('fines of a watched vehicle', () => {
  let world: PaymentsApp;
  let app: TestApp;
  let sandbox: GibddSandbox;

  beforeEach(async () => {
    world = await paymentsApp();
    app = world.app;
    sandbox = world.gibdd;
  });
  afterEach(() => world.close());

  const fines = () => app.ask(new FinesQuery(ACCOUNT_ID));
  const refresh = () => app.execute(new RefreshFines({ accountId: ACCOUNT_ID }));
  const added = () => world.happens(new VehicleAdded(VEHICLE_ID, ACCOUNT_ID));

  it('appear by themselves when a vehicle is added, each announced once', async () => {
    const announced = await added();
    expect(announced.map(({ type }) => type)).toEqual([
      'payments.vehicle-watched.v1',
      'payments.fine-found.v1',
      'payments.fine-found.v1',
      'payments.fine-found.v1',
    ]);
    const { open, watch } = await fines();
    expect(open.map(({ amountKopecks, dueKopecks, daysLeft }) => ({ amountKopecks, dueKopecks, daysLeft }))).toEqual([
      { amountKopecks: 50000, dueKopecks: 25000, daysLeft: 5 },
      { amountKopecks: 75000, dueKopecks: 37500, daysLeft: 15 },
      { amountKopecks: 150000, dueKopecks: 150000, daysLeft: null },
    ]);
    expect(watch).toEqual({ vehicles: 1, unread: 0, registryDown: false, asOf: app.clock.now() });
    app.clock.advance(3_600_000);
    await refresh();
    expect(await app.settle()).toEqual([]);
  });

  it('are told to the first page of the cabinet with what would settle them today', async () => {
    await added();
    const attention = await app.ask(new FinesAttentionQuery(ACCOUNT_ID));
    expect(attention).toMatchObject({ unpaidCount: 3, dueKopecks: 25000 + 37500 + 150000 });
    expect(attention.fines.map(({ discountUntil, daysLeft }) => ({ discountUntil, daysLeft }))).toEqual([
      { discountUntil: '2026-11-27', daysLeft: 5 },
      { discountUntil: '2026-12-07', daysLeft: 15 },
      { discountUntil: null, daysLeft: null },
    ]);
    expect(await app.ask(new FinesAttentionQuery(VEHICLE_ID))).toEqual({ unpaidCount: 0, dueKopecks: 0, fines: [] });
  });

  it('stay as last known, with their time, while the register is down; it is asked again soon', async () => {
    await added();
    const known = app.clock.now();
    sandbox.register.mood.gibdd = 'down';
    app.clock.advance(13 * 3_600_000);
    await app.get(RefreshDueFines).run();
    const { open, watch } = await fines();
    expect(open).toHaveLength(3);
    expect(watch).toMatchObject({ registryDown: true, asOf: known });

    sandbox.register.mood.gibdd = 'up';
    app.clock.advance(61_000);
    await app.get(RefreshDueFines).run();
    expect((await fines()).watch).toMatchObject({ registryDown: false, asOf: app.clock.now() });
  });

  it('are looked up again within a day without being asked', async () => {
    await added();
    sandbox.addFine({
      regnum: 'А123ВС',
      regreg: '178',
      sts: '7812345678',
      amount: 100000,
      article: '12.9ч.2',
      text: 'Новый',
      decreeDate: '2026-11-22',
      discount: 'none',
    });
    await app.get(RefreshDueFines).run();
    expect((await fines()).open).toHaveLength(3);
    app.clock.advance(24 * 3_600_000);
    await app.get(RefreshDueFines).run();
    expect((await fines()).open).toHaveLength(4);
    expect((await app.settle()).map(({ type }) => type)).toEqual(['payments.fine-found.v1']);
  });

  it('settled or annulled elsewhere leave the unpaid list and stay in the history', async () => {
    await added();
    const [paid, annulled] = (await fines()).open;
    sandbox.register.annul(annulled!.uin);
    sandbox.register.take({
      paymentId: '10440306530000002211202600000042',
      uin: paid!.uin,
      amount: 25000,
      paymentDate: '2026-11-22',
    });
    app.clock.advance(60_000);
    await refresh();
    const { open, settled } = await fines();
    expect(open).toHaveLength(1);
    expect(settled.map(({ uin, status, paidKopecks }) => ({ uin, status, paidKopecks }))).toEqual(
      expect.arrayContaining([
        { uin: paid!.uin, status: 'PAID', paidKopecks: null },
        { uin: annulled!.uin, status: 'CANCELLED', paidKopecks: null },
      ]),
    );
  });

  it('paid in part elsewhere are due for the rest only', async () => {
    await added();
    const late = (await fines()).open.find(({ amountKopecks }) => amountKopecks === 150000)!;
    sandbox.register.take({
      paymentId: '10440306530000002211202600000042',
      uin: late.uin,
      amount: 75000,
      paymentDate: '2026-11-22',
    });
    app.clock.advance(60_000);
    await refresh();
    const rest = (await fines()).open.find(({ uin }) => uin === late.uin);
    expect(rest).toMatchObject({ status: 'UNPAID', dueKopecks: 75000, alreadyPaidKopecks: 75000 });
    expect((await app.ask(new FinesAttentionQuery(ACCOUNT_ID))).dueKopecks).toBe(25000 + 37500 + 75000);
  });

  it('are not looked up after the vehicle left, whatever order the news come in; what was found stays', async () => {
    const start = app.clock.now();
    const later = new Date(start.getTime() + 1000);
    await world.happens(new VehicleRemoved(VEHICLE_ID, ACCOUNT_ID), later);
    await world.happens(new VehicleAdded(VEHICLE_ID, ACCOUNT_ID), start);
    expect((await fines()).watch.vehicles).toBe(0);

    app.clock.advance(2000);
    await added();
    expect((await fines()).open).toHaveLength(3);
    app.clock.advance(2000);
    await world.happens(new VehicleRemoved(VEHICLE_ID, ACCOUNT_ID));
    expect(await fines()).toMatchObject({ watch: { vehicles: 0 }, open: { length: 3 } });
  });

  it('of a vehicle that vanished from the profile are not looked up any more', async () => {
    await added();
    world.profile.car = null;
    app.clock.advance(24 * 3_600_000);
    await app.get(RefreshDueFines).run();
    expect((await fines()).watch.vehicles).toBe(0);
  });
});
