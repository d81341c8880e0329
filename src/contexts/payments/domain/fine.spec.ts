import { Money } from '../../../kernel/money.js';
import {
  ACCOUNT_ID,
  aPayee,
  chargeOf,
  FINE_ID,
  NOON,
  registeredFine,
  unpaidFine,
  VEHICLE_ID,
} from '../../../../test/support/payments.js';
import { AmountChanged, FineAlreadyPaid, FineCancelled, PayeeUnknown, PaymentInProgress } from './fine.errors.js';
import { FineFound } from './fine.events.js';
import { Fine, type RegisteredFine } from './fine.js';

const HALF = Money.ofKopecks(37500);
const FULL = Money.ofKopecks(75000);
const LAST_MOMENT = new Date('2026-12-07T20:59:59.999Z');
const TOO_LATE = new Date('2026-12-07T21:00:00Z');
const LATER = new Date('2026-11-23T09:00:00Z');

const reading = (asOf = NOON) => ({ asOf, policySet: 'SEED' as const });
const found = (changes: Partial<RegisteredFine> = {}) =>
  Fine.found(FINE_ID, { accountId: ACCOUNT_ID, vehicleId: VEHICLE_ID }, registeredFine(changes), reading());

describe('Fine', () => {
  it('announces that it was found, with what settles it now', () => {
    expect(found().pullEvents()).toEqual([new FineFound(FINE_ID, ACCOUNT_ID, 75000, 37500, '2026-12-07')]);
    expect(found({ decreeDate: '2026-01-01' }).pullEvents()).toEqual([
      new FineFound(FINE_ID, ACCOUNT_ID, 75000, null, null),
    ]);
  });

  it('is discounted by the terms of the register when it sent any', () => {
    const fine = found({ discount: { kind: 'percent', percent: 25, validThrough: '2026-12-17' } });
    expect(fine.amountDueAt(new Date('2026-12-17T20:59:59Z'))).toEqual(Money.ofKopecks(56250));
    expect(found({ discount: { kind: 'none' } }).amountDueAt(NOON)).toEqual(FULL);
  });

  it('takes new sums and terms from the register while unpaid', () => {
    const fine = unpaidFine();
    fine.listed(registeredFine({ amount: Money.ofKopecks(100000) }), reading(LATER));
    expect(fine.amountDueAt(LATER)).toEqual(Money.ofKopecks(50000));
  });

  it('ignores a reading older than the last one', () => {
    const fine = unpaidFine();
    fine.listed(registeredFine({ amount: Money.ofKopecks(100000) }), reading(LATER));
    fine.listed(registeredFine(), reading(NOON));
    expect(fine.amountDueAt(LATER)).toEqual(Money.ofKopecks(50000));
  });

  describe('being paid', () => {
    it('hands out the order at the sum due at that very instant', () => {
      expect(unpaidFine().beginPayment('p1', HALF, LAST_MOMENT)).toMatchObject({
        amount: HALF,
        discountPercent: 50,
        amountHoldsThrough: '2026-12-07',
        payee: aPayee(),
      });
      expect(unpaidFine().beginPayment('p1', FULL, TOO_LATE)).toMatchObject({
        amount: FULL,
        discountPercent: null,
        amountHoldsThrough: null,
      });
    });

    it('refuses a sum that is not due any more and names the new one', () => {
      const late = () => unpaidFine().beginPayment('p1', HALF, TOO_LATE);
      expect(late).toThrow(new AmountChanged(FINE_ID, 75000));
      expect(late).toThrow(AmountChanged);
    });

    it('refuses a second payment while one is under way', () => {
      const fine = unpaidFine();
      fine.beginPayment('p1', HALF, NOON);
      const second = () => fine.beginPayment('p2', HALF, NOON);
      expect(second).toThrow(PaymentInProgress);
      expect(second).toThrow(new PaymentInProgress('p1'));
    });

    it('refuses when nobody knows whom to pay', () => {
      expect(() => found().beginPayment('p1', HALF, NOON)).toThrow(PayeeUnknown);
    });

    it('keeps its sum, whatever the register says meanwhile', () => {
      const fine = unpaidFine();
      fine.beginPayment('p1', HALF, NOON);
      fine.listed(registeredFine({ amount: Money.ofKopecks(100000) }), reading(LATER));
      fine.chargeKnown(chargeOf(registeredFine(), { status: 'CANCELLED' }), LATER);
      expect(() => fine.beginPayment('p2', HALF, NOON)).toThrow(PaymentInProgress);
      fine.releasedBy('p1');
      expect(fine.amountDueAt(NOON)).toEqual(HALF);
    });

    it('can be paid anew after a payment without money, but only that payment releases it', () => {
      const fine = unpaidFine();
      fine.beginPayment('p1', HALF, NOON);
      fine.releasedBy('p0');
      expect(() => fine.beginPayment('p2', HALF, NOON)).toThrow(PaymentInProgress);
      fine.releasedBy('p1');
      expect(fine.beginPayment('p2', HALF, NOON).amount).toEqual(HALF);
    });
  });

  describe('once paid', () => {
    const paid = () => {
      const fine = unpaidFine();
      fine.beginPayment('p1', HALF, NOON);
      fine.settledBy('p1', HALF, NOON);
      return fine;
    };

    it('stays paid although the register still lists it', () => {
      const fine = paid();
      fine.listed(registeredFine(), reading(LATER));
      expect(fine.isOpen).toBe(false);
      expect(() => fine.beginPayment('p2', HALF, LATER)).toThrow(FineAlreadyPaid);
    });

    it('is settled once', () => {
      const fine = paid();
      const settled = structuredClone({ ...fine });
      fine.settledBy('p9', FULL, LATER);
      fine.releasedBy('p1');
      expect({ ...fine }).toEqual(settled);
    });

    it('is settled also by a payment that was given up before', () => {
      const fine = unpaidFine();
      fine.beginPayment('p1', HALF, NOON);
      fine.releasedBy('p1');
      fine.settledBy('p1', HALF, LATER);
      expect(() => fine.beginPayment('p2', HALF, LATER)).toThrow(FineAlreadyPaid);
    });
  });

  it('is due for the rest only when part of it was paid elsewhere', () => {
    const partly = (left: number) =>
      chargeOf(registeredFine(), { status: 'PARTIALLY_PAID', left: Money.ofKopecks(left) });
    const fine = unpaidFine();
    fine.chargeKnown(partly(55000), LATER);
    expect(fine.amountDueAt(LATER)).toEqual(Money.ofKopecks(17500));
    expect(fine.amountDueAt(TOO_LATE)).toEqual(Money.ofKopecks(55000));
    expect(fine.beginPayment('p1', Money.ofKopecks(17500), LATER)).toMatchObject({
      amount: Money.ofKopecks(17500),
      discountPercent: 50,
      amountHoldsThrough: '2026-12-07',
    });
    const enough = unpaidFine();
    enough.chargeKnown(partly(30000), LATER);
    expect(() => enough.beginPayment('p1', Money.zero, LATER)).toThrow(FineAlreadyPaid);
  });

  it('is closed by what the register of charges says, and opened again when it is listed again', () => {
    const fine = unpaidFine();
    fine.chargeKnown(chargeOf(registeredFine(), { status: 'CANCELLED' }), LATER);
    expect(() => fine.beginPayment('p1', HALF, LATER)).toThrow(FineCancelled);
    fine.listed(registeredFine(), reading(LATER));
    expect(fine.isOpen).toBe(true);
    fine.chargeKnown(chargeOf(registeredFine(), { status: 'PAID' }), LATER);
    expect(() => fine.beginPayment('p1', HALF, LATER)).toThrow(FineAlreadyPaid);
  });
});
