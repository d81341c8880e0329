import { type IQueryHandler, QueryHandler } from '@nestjs/cqrs';
import { PaymentsModule, paymentsMappings } from '../../src/contexts/payments/payments.module.js';
import { VehicleAdded, type VehicleDocuments, VehicleDocumentsQuery, type VehicleRemoved } from '../../src/contexts/profile/public.js';
import { type DomainEvent } from '../../src/kernel/domain-event.js';
import { Reactions, type StoredEvent } from '../../src/platform/outbox/reactions.js';
import { type BankSandbox, startBankSandbox } from '../../src/sandbox/bank/server.js';
import { type GibddSandbox, startGibddSandbox } from '../../src/sandbox/gibdd/server.js';
import { ACCOUNT_ID, NOON, VEHICLE_ID } from './payments.js';
import { type TestApp, testApp } from './test-app.js';

/** The car of the sandbox's fines, as the profile context knows it. */
export const sampleCar: VehicleDocuments = { vehicleId: VEHICLE_ID, accountId: ACCOUNT_ID, make: 'LADA Vesta', grz: 'А123ВС178', sts: '7812345678' };

/** The payments context between sandboxes of the road police, the register of charges and the bank, all on one clock. */
export interface PaymentsApp {
  readonly app: TestApp;
  readonly gibdd: GibddSandbox;
  readonly bank: BankSandbox;
  /** What the profile context answers; null for a car that is gone. */
  readonly profile: { car: VehicleDocuments | null };
  /** An event of a neighbour reaches the reactions of this context, and everything it brings about happens. */
  happens(event: VehicleAdded | VehicleRemoved, at?: Date): Promise<readonly StoredEvent[]>;
  /** The sample car is added, its three fines are found. */
  carAdded(): Promise<void>;
  close(): Promise<void>;
}

export async function paymentsApp(): Promise<PaymentsApp> {
  const time = { now: () => NOON };
  const profile = { car: sampleCar as VehicleDocuments | null };
  @QueryHandler(VehicleDocumentsQuery)
  class Profile implements IQueryHandler<VehicleDocumentsQuery> {
    execute(): Promise<VehicleDocuments | null> {
      return Promise.resolve(profile.car);
    }
  }
  const gibdd = await startGibddSandbox({ port: 0, now: () => time.now() });
  const bank = await startBankSandbox({
    port: 0,
    userName: 'lkspb-api',
    password: 'test',
    callbackKey: 'test',
    gisgmpUrl: `${gibdd.url}/gisgmp`,
    noticeDelayMs: 0,
    now: () => time.now(),
  });
  const app = await testApp({
    modules: [PaymentsModule],
    mappings: paymentsMappings,
    providers: [Profile],
    environment: { GIBDD_URL: gibdd.url, GISGMP_URL: gibdd.url, BANK_URL: bank.url },
  });
  time.now = () => app.clock.now();

  let events = 0;
  const happens = async (event: DomainEvent, at = app.clock.now()): Promise<readonly StoredEvent[]> => {
    const { type } = event.constructor as typeof DomainEvent;
    events += 1;
    const id = `01920000-0000-7000-8000-${String(events).padStart(12, '0')}`;
    const stored = { id, type, occurredAt: at.toISOString(), payload: { ...event } };
    const reactions = app.get(Reactions);
    for (const name of reactions.namesFor(type)) await reactions.run(name, stored);
    return app.settle();
  };
  return {
    app,
    gibdd,
    bank,
    profile,
    happens,
    carAdded: async () => void (await happens(new VehicleAdded(VEHICLE_ID, ACCOUNT_ID))),
    close: async () => {
      await app.close();
      await Promise.all([bank.close(), gibdd.close()]);
    },
  };
}
