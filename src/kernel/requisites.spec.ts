import { BankAccount, Bik } from './bank-account.js';
import { Kbk, Oktmo } from './budget-codes.js';
import { Enp } from './enp.js';
import { Inn } from './inn.js';
import { faultOf, InvalidRequisite, type RequisiteFault } from './invalid-requisite.js';
import { Kpp } from './kpp.js';
import { passesLuhn } from './luhn.js';
import { Ogrn, Ogrnip } from './ogrn.js';
import { Phone } from './phone.js';
import { CadastralNumber, PostalIndex } from './place-codes.js';
import { type Requisite } from './requisite.js';
import { RomanSeries } from './roman-series.js';
import { Snils } from './snils.js';
import { Uin } from './uin.js';
import { DrivingLicenceNumber, VehicleCertificateNumber } from './vehicle-certificate-number.js';

interface Vectors {
  readonly name: string;
  readonly parse: (text: string) => Requisite;
  /** Typed text and the value that is stored; a lone text is stored as it is. */
  readonly valid: readonly (string | readonly [typed: string, stored: string])[];
  readonly invalid: readonly (readonly [typed: string, fault: RequisiteFault])[];
}

// Every vector of fact sheet §3, in its order.
const VECTORS: readonly Vectors[] = [
  {
    name: 'СНИЛС',
    parse: (text) => Snils.parse(text),
    valid: [
      ['900000001 82', '90000000182'],
      ['900003201 00', '90000320100'],
      ['928015710 00', '92801571000'],
      ['901000150 00', '90100015000'],
      ['930653096 00', '93065309600'],
      ['112-233-445 95', '11223344595'],
      ['001-001-998 77', '00100199877'],
      ['№ 112 233 445 95', '11223344595'],
    ],
    invalid: [
      ['900000001 83', 'BAD_CHECK_DIGIT'],
      ['900003201 10', 'BAD_CHECK_DIGIT'],
      ['928015710 10', 'BAD_CHECK_DIGIT'],
      ['901000150 01', 'BAD_CHECK_DIGIT'],
      ['001-001-999 77', 'BAD_CHECK_DIGIT'],
      ['93065309', 'BAD_LENGTH'],
      ['00000000000', 'IMPOSSIBLE_VALUE'],
      ['112-233-445 9А', 'BAD_CHARACTERS'],
      [' \u00A0', 'EMPTY'],
    ],
  },
  {
    name: 'ИНН of a person',
    parse: (text) => Inn.parsePerson(text),
    valid: ['780000012366', '780000045650', '470000078933', ['7810 0000 1239', '781000001239']],
    invalid: [
      ['780000012367', 'BAD_CHECK_DIGIT'],
      ['780000012356', 'BAD_CHECK_DIGIT'],
      ['000000000000', 'IMPOSSIBLE_VALUE'],
      ['7800000122', 'BAD_LENGTH'],
      ['78000001236O', 'BAD_CHARACTERS'],
      ['', 'EMPTY'],
    ],
  },
  {
    name: 'ИНН of an organisation',
    parse: (text) => Inn.parseOrganisation(text),
    valid: ['7800000122', '7800003451', '7800000010', '7707083893'],
    invalid: [
      ['7800000123', 'BAD_CHECK_DIGIT'],
      ['7800003450', 'BAD_CHECK_DIGIT'],
      ['0000000000', 'IMPOSSIBLE_VALUE'],
      ['780000012366', 'BAD_LENGTH'],
    ],
  },
  {
    name: 'ОГРН',
    parse: (text) => Ogrn.parse(text),
    valid: ['1007800001230', '5007800000016', '1007800000010', '1027700132195'],
    invalid: [
      ['1007800001231', 'BAD_CHECK_DIGIT'],
      ['2007800001230', 'IMPOSSIBLE_VALUE'],
      ['100780000123', 'BAD_LENGTH'],
    ],
  },
  {
    name: 'ОГРНИП',
    parse: (text) => Ogrnip.parse(text),
    valid: ['300780000000123', '300470000006781', '300780000000060'],
    invalid: [
      ['300780000000124', 'BAD_CHECK_DIGIT'],
      ['100780000000123', 'BAD_CHECK_DIGIT'],
      ['30078000000012', 'BAD_LENGTH'],
    ],
  },
  {
    name: 'КПП',
    parse: (text) => Kpp.parse(text),
    valid: ['780001001', '7801AB001', '780543001', ['7801АВ001', '7801AB001']],
    invalid: [
      ['78000100', 'BAD_LENGTH'],
      ['78010010A', 'BAD_CHARACTERS'],
      ['7A0001001', 'BAD_CHARACTERS'],
    ],
  },
  {
    name: 'ЕНП',
    parse: (text) => Enp.parse(text),
    valid: ['7800000000000015', '7800000000123452', '9900000000003337', ['7800 0000 0000 0015', '7800000000000015']],
    invalid: [
      ['7800000000000016', 'BAD_CHECK_DIGIT'],
      ['7800000000123425', 'BAD_CHECK_DIGIT'],
      ['0000000000000000', 'IMPOSSIBLE_VALUE'],
      ['780000000', 'BAD_LENGTH'],
    ],
  },
  {
    name: 'ВУ',
    parse: (text) => DrivingLicenceNumber.parse(text),
    valid: ['0096123456', '78АВ123456', ['99 00 000001', '9900000001'], ['78ab123456', '78АВ123456']],
    invalid: [
      ['78АЖ123456', 'BAD_CHARACTERS'],
      ['781234567', 'BAD_LENGTH'],
      ['7А00123456', 'BAD_CHARACTERS'],
    ],
  },
  {
    name: 'СТС',
    parse: (text) => VehicleCertificateNumber.parse(text),
    valid: ['7812345678', ['78 12 № 345678', '7812345678'], ['78AB 123456', '78АВ123456']],
    invalid: [
      ['78АЖ123456', 'BAD_CHARACTERS'],
      ['781234567', 'BAD_LENGTH'],
      ['', 'EMPTY'],
    ],
  },
  {
    name: 'series with a Roman number',
    parse: (text) => RomanSeries.parse(text),
    valid: [
      'I-АК',
      'IV-МЮ',
      'XXXIX-АВ',
      'II-АК',
      'XX-АК',
      ['IVАК', 'IV-АК'],
      ['1у-ак', 'IV-АК'],
      ['П-АК', 'II-АК'],
      ['ШАК', 'III-АК'],
      ['ХХ–АК', 'XX-АК'],
      ['Ⅳ-AK', 'IV-АК'],
      ['ХЛ-ПШ', 'XL-ПШ'],
    ],
    invalid: [
      ['IIII-АК', 'IMPOSSIBLE_VALUE'],
      ['VX-АК', 'IMPOSSIBLE_VALUE'],
      ['I-А', 'BAD_LENGTH'],
      ['АК', 'BAD_LENGTH'],
      ['I-Z1', 'BAD_CHARACTERS'],
      ['', 'EMPTY'],
    ],
  },
  {
    name: 'УИН',
    parse: (text) => Uin.parse(text),
    valid: [
      '18804780000000001230',
      '18810178000000000001',
      '18810178000000000310',
      '0310000000000000000012346',
      ['1880 4780 0000 0000 1230', '18804780000000001230'],
    ],
    invalid: [
      ['18804780000000001231', 'BAD_CHECK_DIGIT'],
      ['18810178000000000000', 'BAD_CHECK_DIGIT'],
      ['1881017800000000031', 'BAD_LENGTH'],
      ['00000000000000000000', 'IMPOSSIBLE_VALUE'],
      ['0', 'BAD_LENGTH'],
    ],
  },
  {
    name: 'БИК',
    parse: (text) => Bik.parse(text),
    valid: ['044030653', '044525225', '044030790', '014030106'],
    invalid: [
      ['144030653', 'IMPOSSIBLE_VALUE'],
      ['04403065', 'BAD_LENGTH'],
      ['04403065А', 'BAD_CHARACTERS'],
    ],
  },
  {
    name: 'КБК',
    parse: (text) => Kbk.parse(text),
    valid: ['18811601123010001140'],
    invalid: [['1881160112301000114', 'BAD_LENGTH']],
  },
  {
    name: 'ОКТМО',
    parse: (text) => Oktmo.parse(text),
    valid: ['40000000', '40301000', '40301000001'],
    invalid: [['4030100', 'BAD_LENGTH']],
  },
  {
    name: 'postal index',
    parse: (text) => PostalIndex.parse(text),
    valid: ['190000'],
    invalid: [['19000', 'BAD_LENGTH']],
  },
  {
    name: 'cadastral number',
    parse: (text) => CadastralNumber.parse(text),
    valid: ['78:00:0000000:123'],
    invalid: [
      ['78-00-123', 'BAD_CHARACTERS'],
      ['', 'EMPTY'],
    ],
  },
  {
    name: 'phone',
    parse: (text) => Phone.parse(text),
    valid: [
      '+79990000001',
      ['8 (812) 000-00-01', '+78120000001'],
      ['79990000002', '+79990000002'],
      ['+7(999)0000001', '+79990000001'],
      ['999 000-00-01', '+79990000001'],
      ['７９９９００００００２', '+79990000002'],
    ],
    invalid: [
      ['+7999000000', 'BAD_LENGTH'],
      ['+72990000001', 'IMPOSSIBLE_VALUE'],
      ['112', 'BAD_LENGTH'],
      ['9990000001x', 'BAD_CHARACTERS'],
      ['٧٩٩٩٠٠٠٠٠٠٢', 'BAD_CHARACTERS'],
      ['', 'EMPTY'],
    ],
  },
];

describe.each(VECTORS)('$name', ({ parse, valid, invalid }) => {
  it.each(valid.map((vector) => (typeof vector === 'string' ? [vector, vector] : vector)))(
    'takes «%s»',
    (typed, stored) => {
      expect(parse(typed).value).toBe(stored);
      expect(parse(parse(typed).formatted).value).toBe(stored);
    },
  );

  it.each(invalid)('refuses «%s» as %s', (typed, fault) => {
    expect(faultOf(() => parse(typed))).toBe(fault);
  });
});

describe('account of a bank', () => {
  it.each([
    ['40817810200000000001', '044030653'],
    ['40702810000000000123', '044030790'],
    ['40602810700000000025', '049805746'],
    ['03100643000000017200', '014030106'],
  ])('%s belongs to %s', (account, bik) => {
    expect(BankAccount.parse(account, Bik.parse(bik)).value).toBe(account);
  });

  it.each([
    ['40817810300000000001', '044030653', 'BAD_CHECK_DIGIT'],
    ['40702810000000000123', '044030653', 'BAD_CHECK_DIGIT'],
    ['4081781020000000001', '044030653', 'BAD_LENGTH'],
  ])('%s does not belong to %s', (account, bik, fault) => {
    expect(faultOf(() => BankAccount.parse(account, Bik.parse(bik)))).toBe(fault);
  });

  it.each([
    ['30101810500000000653', '044030653'],
    ['30101810900000000790', '044030790'],
    ['30101810800000000746', '049805000'],
  ])('%s is the correspondent account of %s', (account, bik) => {
    expect(BankAccount.parseCorrespondent(account, Bik.parse(bik)).value).toBe(account);
  });

  it.each([
    ['30101810600000000653', '044030653'],
    ['40101810500000000653', '044030653'],
    ['30101810500000000653', '049805000'],
  ])('%s is not the correspondent account of %s', (account, bik) => {
    expect(faultOf(() => BankAccount.parseCorrespondent(account, Bik.parse(bik)))).toMatch(
      /BAD_CHECK_DIGIT|IMPOSSIBLE_VALUE/,
    );
  });
});

describe('bank card (Luhn)', () => {
  it.each(['2200000000000004', '2204000000001230', '2201000000009996'])('accepts %s', (card) =>
    expect(passesLuhn(card)).toBe(true),
  );
  it('refuses a wrong digit', () => expect(passesLuhn('2200000000000005')).toBe(false));
});

describe('display', () => {
  it.each<[Requisite, string, string]>([
    [Snils.parse('11223344595'), '112-233-445 95', '•••• 595'],
    [Enp.parse('7800000000000015'), '7800 0000 0000 0015', '•••• 015'],
    [VehicleCertificateNumber.parse('7812345678'), '78 12 345678', '•••• 678'],
    [Phone.parse('89990000001'), '+7 999 000-00-01', '+7 ••• •••-••-01'],
  ])('%s', (requisite, formatted, masked) => {
    expect(requisite.formatted).toBe(formatted);
    expect(`${String(requisite)}`).toBe(masked);
  });

  it('tells which phone can be sent an SMS', () => {
    expect(Phone.parse('89990000001').isMobile).toBe(true);
    expect(Phone.parse('88120000001').isMobile).toBe(false);
  });

  it('keeps the value out of the refusal', () => {
    expect(() => Snils.parse('90000000183')).toThrow(InvalidRequisite);
    expect(() => Snils.parse('90000000183')).toThrow(
      'kernel.invalid-requisite {"requisite":"snils","reason":"BAD_CHECK_DIGIT"}',
    );
  });
});
