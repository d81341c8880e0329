import fc from 'fast-check';
import { addDays, daysBetween } from '../../../kernel/legal-day.js';
import { Money } from '../../../kernel/money.js';
import { amountDueAt, type DiscountableCharge, discountTerms } from './discount.js';
import { isWorkingDay, workingDayFrom } from './working-days.js';

const fineOf = (facts: Partial<Extract<DiscountableCharge, { kind: 'FINE' }>> = {}): DiscountableCharge => ({
  kind: 'FINE',
  amount: Money.ofKopecks(75000),
  decreeDate: '2026-03-03',
  offenceDate: null,
  article: '12.9ч.2',
  ...facts,
});
const LATER = '2030-01-01';
const seed = (charge: DiscountableCharge) => discountTerms(charge, null, 'SEED', LATER);
const law = (charge: DiscountableCharge) => discountTerms(charge, null, 'LAW', LATER);

describe('discount of a fine by the specification (SEED)', () => {
  it('takes half off for twenty days from the decree', () => {
    expect(seed(fineOf())).toEqual({
      source: 'POLICY',
      policyCode: 'FINE_SEED',
      possible: false,
      discount: { percent: 50, amountDue: Money.ofKopecks(37500), validThrough: '2026-03-23' },
    });
  });

  it.each([
    ['ends on a Sunday', '2026-03-02', '2026-03-22'],
    ['year change', '2025-12-20', '2026-01-09'],
    ['leap February', '2028-02-10', '2028-03-01'],
  ])('never promises more than the nominal day: %s', (_case, decreeDate, validThrough) => {
    expect(seed(fineOf({ decreeDate })).discount?.validThrough).toBe(validThrough);
  });

  it('holds when the article is unknown', () => {
    expect(seed(fineOf({ article: null })).discount?.percent).toBe(50);
  });

  it('gives none for a decree dated in the future', () => {
    expect(discountTerms(fineOf({ decreeDate: '2026-03-04' }), null, 'SEED', '2026-03-03').discount).toBeNull();
  });
});

describe('excluded articles', () => {
  it.each([
    '12.1ч.1.1',
    '12.8ч.1',
    '12.8',
    '12.9ч.6',
    '12.9 ч. 7',
    '12.12ч.3',
    'ст. 12.15 ч.5',
    '12.16ч.3.1',
    '12.24ч.2',
    '12.26ч.1',
    '12.27ч.3',
    '20.1ч.1',
  ])('%s is paid in full', (article) => {
    expect(seed(fineOf({ article })).discount).toBeNull();
    expect(law(fineOf({ article })).discount).toBeNull();
  });

  it.each([
    '12.1ч.1',
    '12.9ч.2',
    '12.9',
    '12.12ч.1',
    '12.12ч.2',
    '12.15ч.1',
    '12.16ч.3',
    '12.18',
    '12.27ч.1',
    '12.36.1',
  ])('%s keeps the discount', (article) => expect(seed(fineOf({ article })).discount).not.toBeNull());
});

describe('discount of a fine by the law (LAW)', () => {
  it.each([
    ['ends on a Sunday, moves to Monday', { decreeDate: '2026-03-02', offenceDate: '2024-12-01' }, 50, '2026-03-23'],
    ['January holidays', { decreeDate: '2025-12-20', offenceDate: '2024-12-01' }, 50, '2026-01-12'],
    ['thirty days', { decreeDate: '2026-01-31' }, 25, '2026-03-02'],
    ['offence before 2025', { decreeDate: '2025-01-09', offenceDate: '2024-12-28' }, 50, '2025-01-29'],
    ['offence in 2025', { decreeDate: '2025-01-09', offenceDate: '2025-01-03' }, 25, '2025-02-10'],
    ['last day of the old rule', { decreeDate: '2025-01-09', offenceDate: '2024-12-31' }, 50, '2025-01-29'],
    ['first day of the new rule', { decreeDate: '2025-01-09', offenceDate: '2025-01-01' }, 25, '2025-02-10'],
  ])('%s', (_case, facts, percent, validThrough) => {
    expect(law(fineOf(facts)).discount).toMatchObject({ percent, validThrough });
  });

  it('gives none before 2016', () => {
    expect(law(fineOf({ decreeDate: '2015-12-31' }))).toMatchObject({ policyCode: null, discount: null });
  });

  it('only says that a discount is possible when the article is unknown', () => {
    expect(law(fineOf({ article: null }))).toMatchObject({ discount: null, possible: true });
  });
});

describe('terms sent by the register', () => {
  it('replace the policy even when it would give more', () => {
    const sent = { kind: 'percent', percent: 25, validThrough: '2026-04-02' } as const;
    expect(discountTerms(fineOf(), sent, 'SEED', LATER)).toEqual({
      source: 'REGISTRY',
      policyCode: null,
      possible: false,
      discount: { percent: 25, amountDue: Money.ofKopecks(56250), validThrough: '2026-04-02' },
    });
  });

  it('mean none when none is sent explicitly', () => {
    expect(discountTerms(fineOf(), { kind: 'none' }, 'SEED', LATER)).toMatchObject({
      source: 'REGISTRY',
      discount: null,
    });
  });

  it('may take off a sum', () => {
    const sent = { kind: 'sum', off: Money.ofKopecks(10000), validThrough: null } as const;
    expect(discountTerms(fineOf(), sent, 'SEED', LATER).discount?.amountDue).toEqual(Money.ofKopecks(65000));
  });
});

describe('discount of a state fee', () => {
  const fee = (chargeDate: string, filedInCabinet = true): DiscountableCharge => ({
    kind: 'STATE_FEE',
    amount: Money.ofKopecks(200000),
    chargeDate,
    filedInCabinet,
  });

  it('is thirty percent without a term when filed in the cabinet', () => {
    expect(seed(fee('2026-03-03')).discount).toEqual({
      percent: 30,
      amountDue: Money.ofKopecks(140000),
      validThrough: null,
    });
    expect(seed(fee('2026-03-03', false)).discount).toBeNull();
  });

  it('ended by law on 1 January 2023', () => {
    expect(law(fee('2022-12-31')).discount?.percent).toBe(30);
    expect(law(fee('2023-01-01')).discount).toBeNull();
  });
});

describe('amount due', () => {
  const discount = { percent: 50, amountDue: Money.ofKopecks(25000), validThrough: '2026-03-22' };
  const full = Money.ofKopecks(50000);

  it('is discounted to the last millisecond of the last day in Moscow', () => {
    expect(amountDueAt(full, discount, new Date('2026-03-22T20:59:59.999Z'))).toEqual(discount.amountDue);
    expect(amountDueAt(full, discount, new Date('2026-03-22T21:00:00Z'))).toEqual(full);
  });

  it('is full without a discount and discounted for ever without a term', () => {
    expect(amountDueAt(full, null, new Date())).toEqual(full);
    expect(amountDueAt(full, { ...discount, validThrough: null }, new Date('2100-01-01'))).toEqual(discount.amountDue);
  });

  it.each([
    [50000, 50, 25000],
    [75000, 25, 56250],
    [50001, 50, 25001],
    [33333, 25, 25000],
  ])('of %d kopecks less %d %% is %d, half a kopeck up', (amount, percent, due) => {
    expect(Money.ofKopecks(amount).afterDiscount(percent).kopecks).toBe(due);
  });
});

describe('for any fine', () => {
  const day = fc.integer({ min: 0, max: 5000 }).map((offset) => addDays('2016-01-01', offset));
  const amount = fc.integer({ min: 1, max: 100_000_000 });

  it('a discounted sum lies between zero and the full sum, within half a kopeck of the share', () => {
    fc.assert(
      fc.property(amount, day, fc.constantFrom('SEED' as const, 'LAW' as const), (kopecks, decreeDate, set) => {
        const { discount } = discountTerms(fineOf({ amount: Money.ofKopecks(kopecks), decreeDate }), null, set, LATER);
        const exact = (kopecks * (100 - discount!.percent!)) / 100;
        expect(Math.abs(discount!.amountDue.kopecks - exact)).toBeLessThanOrEqual(0.5);
        expect(discount!.amountDue.kopecks).toBeLessThanOrEqual(kopecks);
      }),
    );
  });

  it('the last day is the nominal one, and under the law a working day not earlier than it', () => {
    fc.assert(
      fc.property(day, (decreeDate) => {
        expect(daysBetween(decreeDate, seed(fineOf({ decreeDate })).discount!.validThrough!)).toBe(20);
        const byLaw = law(fineOf({ decreeDate })).discount!;
        const term = byLaw.percent === 25 ? 30 : 20;
        expect(byLaw.validThrough).toBe(workingDayFrom(addDays(decreeDate, term)));
        expect(isWorkingDay(byLaw.validThrough!)).toBe(true);
      }),
    );
  });

  it('what is due never falls as time passes', () => {
    fc.assert(
      fc.property(
        amount,
        day,
        fc.array(fc.date({ min: new Date('2016-01-01'), max: LATEST, noInvalidDate: true }), { minLength: 2 }),
        (kopecks, decreeDate, dates) => {
          const full = Money.ofKopecks(kopecks);
          const { discount } = seed(fineOf({ amount: full, decreeDate }));
          const due = dates
            .sort((a, b) => a.getTime() - b.getTime())
            .map((at) => amountDueAt(full, discount, at).kopecks);
          expect(due).toEqual([...due].sort((a, b) => a - b));
        },
      ),
    );
  });
});

const LATEST = new Date('2030-01-01');
