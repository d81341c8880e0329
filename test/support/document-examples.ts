import { dayAhead } from './days.js';

type Values = Readonly<Record<string, string>>;

export interface DocumentExamples {
  /** Requisites as they are stored: read again, they stay as they are. */
  readonly good: Values;
  /** The good ones with one fault each; `at` is the requisite the fault must be shown at. */
  readonly bad: readonly { readonly requisites: Values; readonly at: string }[];
}

const examples = (good: Values, faults: Readonly<Record<string, readonly string[]>>): DocumentExamples => ({
  good,
  bad: Object.entries(faults).flatMap(([at, values]) =>
    values.map((value) => ({ requisites: { ...good, [at]: value }, at })),
  ),
});

const issuedBy = 'ГУ МВД России по г. Санкт-Петербургу';
const inDays = (days: number): string => dayAhead(days).toString();

/** An empty text leaves the requisite out. */
const MISSING = '';
const TOO_SHORT_NAME = 'ФМ';
const BAD_ISSUE = [MISSING, inDays(1), '1899-12-31', '2020-02-30'];
/** Not a series: too many of one letter, an order that no number has, one Russian letter, no Roman number. */
const BAD_ROMAN = ['IIII-АК', 'VX-АК', 'I-А', 'АК'];
const BAD_OGRN = ['1007800001231', '2007800001230', '100780000123', '0000000000000'];
const BAD_OGRNIP = ['300780000000124', '100780000000123', '30078000000012'];
const BAD_SIX_DIGITS = ['12345', '1234567', '12345А'];
const BAD_SIX_OR_SEVEN = ['12345', '12345678', '12345А'];
const BAD_REFUGEE_NUMBER = ['1234', '1234567890', '12345А'];
const BAD_TWO_LETTERS = ['А', 'ААА', '12'];
const BAD_LICENCE = ['78АЖ123456', '781234567', '7А00123456'];
const BAD_COUNTRY = ['KZ', 'KAZA', 'К7З', MISSING];
const BAD_FREE_NUMBER = ['*0001234', '01234567890123456789012345', MISSING];
const BAD_ACT = { actNumber: ['АБВ'], actDate: [inDays(1)] };
/** Over since yesterday, and nothing at all. */
const BAD_END = [inDays(-1), MISSING];

const MARRIAGE = { series: 'II-АК', number: '000123', issueDate: '2018-07-07', issuedBy };
const FOREIGN_BIRTH = { number: 'DE-2020/0123', country: 'DEU', issueDate: '2020-03-03' };

/** For each kind of document, by its code: numbers of fact sheet §2.1, §2.2 and §3, all invented. */
export const DOCUMENT_EXAMPLES: Readonly<Record<string, DocumentExamples>> = {
  RF_PASSPORT: examples(
    { series: '4096', number: '123456', issueDate: '2020-06-15', departmentCode: '780-099', issuedBy },
    {
      series: ['409', '409А', MISSING],
      number: BAD_SIX_DIGITS,
      issueDate: BAD_ISSUE,
      departmentCode: ['780-09', '780-0А9', MISSING],
      issuedBy: [TOO_SHORT_NAME, MISSING],
    },
  ),
  RF_FOREIGN_PASSPORT: examples(
    { series: '99', number: '0000012', issueDate: '2022-03-01', expiryDate: '2032-03-01', issuedBy },
    {
      series: ['9', 'AA'],
      number: ['000001', '00000012'],
      issueDate: BAD_ISSUE,
      expiryDate: ['2022-03-01', '2022-02-28', ...BAD_END],
      issuedBy: [TOO_SHORT_NAME],
      lastNameLat: ['ЖУК'],
      firstNameLat: ["'ANNA"],
    },
  ),
  ORG_OGRN: examples(
    { ogrn: '1007800001230' },
    {
      ogrn: [...BAD_OGRN, MISSING],
      inn: ['7800000123', '7800003450', '0000000000'],
      kpp: ['78000100', '78010010A', '7A0001001'],
    },
  ),
  OMS_POLICY: examples(
    { enp: '7800000000000015' },
    {
      enp: ['7800000000000016', '7800000000123425', '0000000000000000', '780000000000001', MISSING],
      series: ['АБ*1'],
      expiryDate: [inDays(-1)],
    },
  ),
  INN: examples(
    { inn: '780000012366' },
    {
      inn: ['780000012367', '780000012356', '000000000000', '78000001236', MISSING],
      issueDate: [inDays(1)],
      issuedBy: [TOO_SHORT_NAME],
    },
  ),
  SNILS: examples(
    { snils: '91234567800' },
    { snils: ['90000000183', '90000320110', '92801571010', '90100015001', '93065309', '00000000000', MISSING] },
  ),
  TEMPORARY_ID: examples(
    { number: '780-000123', issueDate: inDays(-20), expiryDate: inDays(40), issuedBy },
    {
      number: BAD_FREE_NUMBER,
      issueDate: [inDays(1), MISSING],
      expiryDate: [inDays(-20), ...BAD_END],
      issuedBy: [MISSING],
    },
  ),
  USSR_PASSPORT: examples(
    { series: 'XX-АК', number: '000123', issueDate: '1985-04-10', issuedBy },
    { series: BAD_ROMAN, number: BAD_SIX_DIGITS, issueDate: BAD_ISSUE, issuedBy: [MISSING] },
  ),
  FOREIGN_CITIZEN_PASSPORT: examples(
    { number: 'AB0001234', country: 'KAZ', issueDate: '2021-05-05' },
    {
      series: ['АБ-1', '12345678901'],
      number: ['AB*1', '012345678901234567890', MISSING],
      country: BAD_COUNTRY,
      issueDate: BAD_ISSUE,
      expiryDate: [inDays(-1), '2021-05-05'],
    },
  ),
  REFUGEE_APPLICATION_CERT: examples(
    { number: '0001234', issueDate: inDays(-50), issuedBy },
    { series: ['АБВГ', 'А1'], number: BAD_REFUGEE_NUMBER, issueDate: BAD_ISSUE, expiryDate: [inDays(-1)] },
  ),
  REFUGEE_ID: examples(
    { number: '000123', issueDate: inDays(-300), expiryDate: inDays(700), issuedBy },
    { series: ['АБВГ'], number: BAD_REFUGEE_NUMBER, issueDate: BAD_ISSUE, expiryDate: [inDays(-300), ...BAD_END] },
  ),
  MILITARY_PERSONNEL_ID: examples(
    { series: 'АА', number: '0000123', issueDate: '2019-09-01', issuedBy },
    { series: BAD_TWO_LETTERS, number: BAD_SIX_OR_SEVEN, issueDate: BAD_ISSUE, expiryDate: [inDays(-1)] },
  ),
  SEAMAN_PASSPORT: examples(
    { series: 'РФ', number: '0000123', issueDate: inDays(-300), expiryDate: inDays(1500), issuedBy },
    { series: BAD_TWO_LETTERS, number: BAD_SIX_OR_SEVEN, issueDate: BAD_ISSUE, expiryDate: BAD_END },
  ),
  EGRUL_EXTRACT: examples(
    { ogrn: '1007800001230', extractDate: inDays(-12), extractNumber: 'ЮЭ9965-26-000123' },
    { ogrn: BAD_OGRN, extractDate: BAD_ISSUE, extractNumber: ['ЮЭ*1'] },
  ),
  EGRIP_EXTRACT: examples(
    { ogrnip: '300780000000123', extractDate: inDays(-12) },
    { ogrnip: BAD_OGRNIP, extractDate: BAD_ISSUE, extractNumber: ['ИЭ*1'] },
  ),
  MARRIAGE_CERTIFICATE: examples(MARRIAGE, {
    series: BAD_ROMAN,
    number: BAD_SIX_DIGITS,
    issueDate: BAD_ISSUE,
    ...BAD_ACT,
  }),
  SOLE_PROPRIETOR_REG_CERT: examples(
    { series: '78', number: '000001234', ogrnip: '300780000000123', issueDate: '2015-04-01' },
    { series: ['7', '7А'], number: ['00000123', '0000001234'], ogrnip: BAD_OGRNIP, issueDate: BAD_ISSUE },
  ),
  LEGAL_ENTITY_REG_CERT: examples(
    { series: '78', number: '000005678', ogrn: '1007800001230', issueDate: '2014-04-01' },
    { series: ['7', '7А'], number: ['00000567', '0000005678'], ogrn: BAD_OGRN, issueDate: BAD_ISSUE },
  ),
  EMPLOYMENT_BOOK: examples(
    { series: 'ТК-V', number: '0001234', issueDate: '2016-02-02' },
    { series: ['ББ-V', 'АТ', MISSING], number: ['000123', '00012345'], issueDate: BAD_ISSUE },
  ),
  FOREIGN_BIRTH_CERT_RF_CITIZEN: examples(FOREIGN_BIRTH, {
    number: BAD_FREE_NUMBER,
    country: BAD_COUNTRY,
    issueDate: BAD_ISSUE,
    series: ['АБ*1'],
  }),
  BIRTH_CERT_FOREIGN_CITIZEN: examples(
    { number: 'KZ 0001234', country: 'KAZ', issueDate: '2019-08-08' },
    { number: BAD_FREE_NUMBER, country: BAD_COUNTRY, issueDate: BAD_ISSUE },
  ),
  TEMPORARY_ASYLUM_CERT: examples(
    { series: 'ВУ', number: '0000123', issueDate: inDays(-100), expiryDate: inDays(200), issuedBy },
    { series: BAD_TWO_LETTERS, number: BAD_SIX_OR_SEVEN, issueDate: BAD_ISSUE, expiryDate: BAD_END },
  ),
  DRIVING_LICENCE: examples(
    { number: '0096123456', issueDate: '2021-05-20', expiryDate: '2031-05-20', categories: 'B,B1,M' },
    { number: [...BAD_LICENCE, MISSING], issueDate: BAD_ISSUE, expiryDate: ['2021-05-20', ...BAD_END] },
  ),
  RF_BIRTH_CERTIFICATE: examples(
    { series: 'IV-АК', number: '000123', issueDate: '2019-04-11', issuedBy },
    { series: BAD_ROMAN, number: BAD_SIX_DIGITS, issueDate: BAD_ISSUE, issuedBy: [MISSING], ...BAD_ACT },
  ),
  MILITARY_ID: examples(
    { series: 'АА', number: '0001234', issueDate: '2012-12-01', issuedBy },
    { series: BAD_TWO_LETTERS, number: BAD_SIX_OR_SEVEN, issueDate: BAD_ISSUE, expiryDate: [inDays(-1)] },
  ),
  HUNTING_TICKET: examples(
    { series: '78', number: '0001234', issueDate: '2017-10-10' },
    { series: ['7', 'АА'], number: BAD_SIX_OR_SEVEN, issueDate: BAD_ISSUE },
  ),
  VEHICLE_REG_CERT: examples(
    { number: '0096654321', grz: 'А123ВС178' },
    { number: [...BAD_LICENCE, MISSING], grz: ['Ж123ВС78', 'А000ВС78', 'А123ВС078'], issueDate: [inDays(1)] },
  ),
};
