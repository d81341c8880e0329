import { type Charge, type Payee } from '../../src/contexts/payments/domain/charge.js';
import { Fine, type RegisteredFine } from '../../src/contexts/payments/domain/fine.js';
import { type VehicleDocuments } from '../../src/contexts/profile/public.js';
import { Money } from '../../src/kernel/money.js';

export const aPayee = (changes: Partial<Payee> = {}): Payee => ({
  name: 'УФК (образец)',
  inn: '7810000019',
  kpp: '781001001',
  account: '03100643000000017200',
  bankName: 'Банк (образец)',
  bik: '014030106',
  correspondentAccount: '40102810945370000005',
  kbk: '18811601123010001140',
  oktmo: '40000000',
  ...changes,
});

/** A fine of 750 rubles, decree of 17 November 2026, without terms from the register. */
export const registeredFine = (changes: Partial<RegisteredFine> = {}): RegisteredFine => ({
  uin: '18810578261122000016',
  decreeNumber: '18810578261122000016',
  decreeDate: '2026-11-17',
  offenceAt: '2026-11-14T05:14:22.000Z',
  article: '12.9ч.2',
  offence: 'Превышение скорости',
  department: 'ЦАФАП ГИБДД (образец)',
  amount: Money.ofKopecks(75000),
  discount: null,
  ...changes,
});

export const chargeOf = (fine: RegisteredFine, changes: Partial<Charge> = {}): Charge => ({
  uin: fine.uin,
  purpose: `Штраф по постановлению ${fine.decreeNumber}`,
  amount: fine.amount,
  left: fine.amount,
  discount: null,
  billedAt: '2026-11-17T07:00:00.000Z',
  status: 'UNPAID',
  payee: aPayee(),
  ...changes,
});

export const FINE_ID = '01920000-0000-7000-8000-000000000001';
export const ACCOUNT_ID = '01920000-0000-7000-8000-00000000000a';
export const VEHICLE_ID = '01920000-0000-7000-8000-00000000000b';
/** The car of the sandbox's fines, as the profile context knows it. */
export const sampleCar: VehicleDocuments = {
  vehicleId: VEHICLE_ID,
  accountId: ACCOUNT_ID,
  make: 'LADA Vesta',
  grz: 'А123ВС178',
  sts: '7812345678',
};
/** Noon in Moscow, 22 November 2026: fifteen days of the discount are left. */
export const NOON = new Date('2026-11-22T09:00:00Z');

/** Found at noon, its payee known, nothing left in its list of events. */
export const unpaidFine = (changes: Partial<RegisteredFine> = {}): Fine => {
  const listed = registeredFine(changes);
  const fine = Fine.found(FINE_ID, { accountId: ACCOUNT_ID, vehicleId: VEHICLE_ID }, listed, {
    asOf: NOON,
    policySet: 'SEED',
  });
  fine.chargeKnown(chargeOf(listed), NOON);
  fine.pullEvents();
  return fine;
};
