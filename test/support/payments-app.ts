import { type IQueryHandler, QueryHandler } from '@nestjs/cqrs';
import { PaymentsModule, paymentsMappings } from '../../src/contexts/payments/payments.module.js';
import {
  VehicleAdded,
  type VehicleDocuments,
  VehicleDocumentsQuery,
  type VehicleRemoved,
} from '../../src/contexts/profile/public.js';
import { type DomainEvent } from '../../src/kernel/domain-event.js';
import { Reactions, type StoredEvent } from '../../src/platform/outbox/reactions.js';
import { type BankSandbox, startBankSandbox } from '../../src/sandbox/bank/server.js';
import { type GibddSandbox, startGibddSandbox } from '../../src/sandbox/gibdd/server.js';
import { ACCOUNT_ID, NOON, sampleCar, VEHICLE_ID } from './payments.js';
import { type TestApp, testApp } from './test-app.js';

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
    gisgmpUrl: gibdd.url,
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
  // No portal listens in these specs: callbacks are brought by hand.
  bank.behave({ callbacks: 'never' });

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

export const CARDS = {
  paid: '2200000000000004',
  refused: '2204000000001230',
  confirmed: '2201000000009996',
  silent: '2202000000000002',
} as const;

/** What a payer does on the bank's page with this card; answers with the address the browser is sent to, none when it is not. */
export async function giveCard(bankPage: string, pan: string): Promise<string | null> {
  const mdOrder = new URL(bankPage).searchParams.get('mdOrder') ?? '';
  const answer = await fetch(bankPage, {
    method: 'POST',
    body: new URLSearchParams({ mdOrder, pan }),
    redirect: 'manual',
  });
  await answer.arrayBuffer();
  return answer.headers.get('location');
}
