import { moscowDay, payerIdentifier, policeUin, shiftDay } from '../gisgmp/checks.js';
import { type RegisteredCharge, type SentDiscount } from '../gisgmp/register.js';

/** Everything one chooses about a new fine; the rest follows. */
export interface NewFine {
  readonly regnum: string;
  readonly regreg: string;
  readonly sts: string;
  /** Kopecks. */
  readonly amount: number;
  readonly article: string;
  readonly text: string;
  readonly decreeDate: string;
  readonly discount: SentDiscount;
}

/** A fine of the road police with its УИН made from `number`. */
export const fineOf = (number: number, fine: NewFine): RegisteredCharge => {
  const uin = policeUin(number);
  return {
    uin,
    billDate: `${fine.decreeDate}T10:00:00+03:00`,
    amount: fine.amount,
    purpose: `Административный штраф по постановлению ${uin} от ${fine.decreeDate.split('-').reverse().join('.')}, ст. ${fine.article} КоАП РФ`,
    kbk: '18811601123010001140',
    oktmo: '40000000',
    payee: 'police',
    payers: [payerIdentifier('24', fine.sts)],
    discount: fine.discount,
    offence: {
      regnum: fine.regnum,
      regreg: fine.regreg,
      sts: fine.sts,
      offenceAt: `${shiftDay(fine.decreeDate, -3)} 08:14:22`,
      decreeDate: fine.decreeDate,
      article: fine.article,
      text: fine.text,
    },
    paid: 0,
    paidOn: null,
    annulled: false,
  };
};

/** Invented charges of the sample people: three fines of one car, and other debts for the search by requisites. */
export const sampleCharges = (now: Date): RegisteredCharge[] => {
  const ago = (days: number): string => shiftDay(moscowDay(now), -days);
  const car = { regnum: 'А123ВС', regreg: '178', sts: '7812345678' };
  return [
    // No terms sent: the portal applies its own policy.
    fineOf(1017826000000101, {
      ...car,
      amount: 75000,
      article: '12.9ч.2',
      text: 'Превышение скорости движения на величину более 20, но не более 40 километров в час',
      decreeDate: ago(5),
      discount: null,
    }),
    fineOf(1017826000000102, {
      ...car,
      amount: 150000,
      article: '12.16ч.1',
      text: 'Несоблюдение требований, предписанных дорожными знаками или разметкой',
      decreeDate: ago(41),
      discount: { percent: 50, until: ago(21) },
    }),
    fineOf(1017826000000103, {
      ...car,
      amount: 50000,
      article: '12.12ч.2',
      text: 'Невыполнение требования об остановке перед стоп-линией',
      decreeDate: ago(15),
      discount: { percent: 50, until: ago(-5) },
    }),
    debt(
      '18207801260004512377',
      348000,
      'Транспортный налог с физических лиц за прошлый год',
      '18210604012021000110',
      'tax',
      ago(20),
      [
        payerIdentifier('21', '781000001239'),
        payerIdentifier('14', '11223344595'),
        payerIdentifier('01', '4008123456'),
      ],
    ),
    debt(
      '18807801260000000419',
      80000,
      'Административный штраф за нарушение правил охоты',
      '18811601083010281140',
      'police',
      ago(9),
      [payerIdentifier('25', '990123456')],
    ),
  ];
};

const debt = (
  uin: string,
  amount: number,
  purpose: string,
  kbk: string,
  payee: 'police' | 'tax',
  billed: string,
  payers: readonly string[],
): RegisteredCharge => ({
  uin,
  billDate: `${billed}T10:00:00+03:00`,
  amount,
  purpose,
  kbk,
  oktmo: '40000000',
  payee,
  payers,
  discount: 'none',
  offence: null,
  paid: 0,
  paidOn: null,
  annulled: false,
});
