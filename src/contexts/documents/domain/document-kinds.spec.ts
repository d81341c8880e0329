import { DOCUMENT_KINDS, documentKind, isSuppliedByEsia, KIND_GROUPS } from './document-kinds.js';
import { InvalidRequisites, UnknownDocumentKind } from './personal-document.errors.js';
import { formatRequisite, readRequisites, type Requisites } from './requisite-reading.js';

const issuedBy = 'ГУ МВД России по г. Санкт-Петербургу';

/** The published list, word for word and in its order, each kind with the example of fact sheet §2.1. */
const SEED: readonly (readonly [label: string, code: string, example: Requisites])[] = [
  [
    'Паспорт гражданина РФ',
    'RF_PASSPORT',
    { series: '4096', number: '123456', issueDate: '2020-06-15', departmentCode: '780-099', issuedBy },
  ],
  [
    'Заграничный паспорт гражданина РФ',
    'RF_FOREIGN_PASSPORT',
    { series: '99', number: '0000012', issueDate: '2022-03-01', expiryDate: '2032-03-01', issuedBy },
  ],
  ['ОГРН организации пользователя', 'ORG_OGRN', { ogrn: '1007800001230' }],
  ['Полис ОМС', 'OMS_POLICY', { enp: '7800000000000015' }],
  ['ИНН физического лица', 'INN', { inn: '780000012366' }],
  ['СНИЛС', 'SNILS', { snils: '91234567800' }],
  [
    'Временное удостоверение личности',
    'TEMPORARY_ID',
    { number: '780-000123', issueDate: '2026-11-01', expiryDate: '2027-01-01', issuedBy },
  ],
  [
    'Паспорт гражданина СССР',
    'USSR_PASSPORT',
    { series: 'XX-АК', number: '000123', issueDate: '1985-04-10', issuedBy },
  ],
  [
    'Паспорт иностранного гражданина',
    'FOREIGN_CITIZEN_PASSPORT',
    { number: 'AB0001234', country: 'KAZ', issueDate: '2021-05-05' },
  ],
  [
    'Свидетельство о регистрации ходатайства иммигранта о признании его беженцем',
    'REFUGEE_APPLICATION_CERT',
    { number: '0001234', issueDate: '2026-10-01', issuedBy },
  ],
  [
    'Удостоверение беженца',
    'REFUGEE_ID',
    { number: '000123', issueDate: '2025-02-01', expiryDate: '2028-02-01', issuedBy },
  ],
  [
    'Удостоверение военнослужащего',
    'MILITARY_PERSONNEL_ID',
    { series: 'АА', number: '0000123', issueDate: '2019-09-01', issuedBy },
  ],
  [
    'Паспорт моряка',
    'SEAMAN_PASSPORT',
    { series: 'РФ', number: '0000123', issueDate: '2024-01-20', expiryDate: '2029-01-20', issuedBy },
  ],
  [
    'Выписка из единого государственного реестра юридических лиц',
    'EGRUL_EXTRACT',
    { ogrn: '1007800001230', extractDate: '2026-11-10', extractNumber: 'ЮЭ9965-26-000123' },
  ],
  [
    'Выписка из единого государственного реестра индивидуальных предпринимателей',
    'EGRIP_EXTRACT',
    { ogrnip: '300780000000123', extractDate: '2026-11-10' },
  ],
  [
    'Свидетельство о регистрации брака',
    'MARRIAGE_CERTIFICATE',
    { series: 'II-АК', number: '000123', issueDate: '2018-07-07', issuedBy },
  ],
  [
    'Свидетельство о регистрации индивидуального предпринимателя',
    'SOLE_PROPRIETOR_REG_CERT',
    { series: '78', number: '000001234', ogrnip: '300780000000123', issueDate: '2015-04-01' },
  ],
  [
    'Свидетельство о регистрации юридического лица',
    'LEGAL_ENTITY_REG_CERT',
    { series: '78', number: '000005678', ogrn: '1007800001230', issueDate: '2014-04-01' },
  ],
  ['Трудовая книжка', 'EMPLOYMENT_BOOK', { series: 'ТК-V', number: '0001234', issueDate: '2016-02-02' }],
  [
    'Иностранное свидетельство о рождении гражданина РФ',
    'FOREIGN_BIRTH_CERT_RF_CITIZEN',
    { number: 'DE-2020/0123', country: 'DEU', issueDate: '2020-03-03' },
  ],
  [
    'Свидетельство о рождении иностранного гражданина',
    'BIRTH_CERT_FOREIGN_CITIZEN',
    { number: 'KZ 0001234', country: 'KAZ', issueDate: '2019-08-08' },
  ],
  [
    'Свидетельство о предоставлении временного убежища на территории РФ',
    'TEMPORARY_ASYLUM_CERT',
    { series: 'ВУ', number: '0000123', issueDate: '2026-06-01', expiryDate: '2027-06-01', issuedBy },
  ],
];

const EXTENSION: readonly (readonly [label: string, code: string, example: Requisites])[] = [
  [
    'Водительское удостоверение',
    'DRIVING_LICENCE',
    { number: '0096123456', issueDate: '2021-05-20', expiryDate: '2031-05-20', categories: 'B,B1,M' },
  ],
  [
    'Свидетельство о рождении',
    'RF_BIRTH_CERTIFICATE',
    { series: 'IV-АК', number: '000123', issueDate: '2019-04-11', issuedBy },
  ],
  ['Военный билет', 'MILITARY_ID', { series: 'АА', number: '0001234', issueDate: '2012-12-01', issuedBy }],
  ['Охотничий билет', 'HUNTING_TICKET', { series: '78', number: '0001234', issueDate: '2017-10-10' }],
  [
    'Свидетельство о регистрации транспортного средства в органах МВД РФ',
    'VEHICLE_REG_CERT',
    { number: '0096654321', grz: 'А123ВС178' },
  ],
];

const faultsOf = (code: string, typed: Readonly<Record<string, unknown>>) => {
  try {
    readRequisites(documentKind(code), typed);
    return null;
  } catch (error) {
    if (error instanceof InvalidRequisites) return error.faults;
    throw error;
  }
};

describe('kinds of documents', () => {
  it('are the 22 of the published list in its order, then the extensions', () => {
    const listed = (catalogue: string) =>
      DOCUMENT_KINDS.filter((kind) => kind.catalogue === catalogue).map(({ label, code }) => [label, code]);
    expect(listed('SEED')).toEqual(SEED.map(([label, code]) => [label, code]));
    expect(listed('EXTENSION')).toEqual(EXTENSION.map(([label, code]) => [label, code]));
    expect(DOCUMENT_KINDS.slice(22).every(({ catalogue }) => catalogue === 'EXTENSION')).toBe(true);
  });

  it('are named once each, and none is asked for by an unknown code', () => {
    expect(new Set(DOCUMENT_KINDS.map(({ code }) => code)).size).toBe(27);
    expect(() => documentKind('RF_PASSPORT_2')).toThrow(UnknownDocumentKind);
  });

  it('come from ESIA where the published list says so', () => {
    const supplied = DOCUMENT_KINDS.filter((kind) => kind.catalogue === 'SEED' && isSuppliedByEsia(kind)).map(
      ({ code }) => code,
    );
    expect(supplied).toEqual(['RF_PASSPORT', 'RF_FOREIGN_PASSPORT', 'OMS_POLICY', 'INN', 'SNILS']);
  });

  it.each(DOCUMENT_KINDS.map((kind) => [kind.code, kind] as const))('%s is consistent data', (_code, kind) => {
    const codes = kind.requisites.map(({ code }) => code);
    expect(new Set(codes).size).toBe(codes.length);
    expect(codes).toEqual(expect.arrayContaining([...kind.numbering]));
    expect(kind.expiry === 'EXPLICIT').toBe(codes.includes('expiryDate'));
    expect(KIND_GROUPS).toContain(kind.group);
  });
});

describe.each([...SEED, ...EXTENSION])('%s', (_label, code, example) => {
  it('takes its example and leaves it as it is', () =>
    expect(readRequisites(documentKind(code), example)).toEqual(example));

  it('takes back what it prints', () => {
    const kind = documentKind(code);
    const printed = Object.fromEntries(
      kind.requisites
        .filter((definition) => example[definition.code])
        .map((definition) => [definition.code, formatRequisite(definition, example[definition.code] ?? '')]),
    );
    expect(readRequisites(kind, { ...printed, categories: example['categories'] })).toEqual(example);
  });

  it('misses each required requisite', () => {
    const required = documentKind(code).requisites.filter((definition) => definition.required);
    expect(faultsOf(code, {})).toEqual(Object.fromEntries(required.map((definition) => [definition.code, 'EMPTY'])));
  });
});

describe('requisites', () => {
  it.each([
    ['RF_PASSPORT', 'series', '409', 'BAD_LENGTH'],
    ['RF_PASSPORT', 'series', '409А', 'BAD_CHARACTERS'],
    ['RF_PASSPORT', 'number', '12345', 'BAD_LENGTH'],
    ['RF_PASSPORT', 'departmentCode', '780-09', 'BAD_LENGTH'],
    ['RF_PASSPORT', 'departmentCode', '780-0А9', 'BAD_CHARACTERS'],
    ['RF_PASSPORT', 'issueDate', '31.02.2020', 'IMPOSSIBLE_VALUE'],
    ['RF_PASSPORT', 'issueDate', 'вчера', 'BAD_CHARACTERS'],
    ['RF_PASSPORT', 'issuedBy', 'ФМ', 'BAD_LENGTH'],
    ['RF_FOREIGN_PASSPORT', 'series', '9', 'BAD_LENGTH'],
    ['RF_FOREIGN_PASSPORT', 'series', 'AA', 'BAD_CHARACTERS'],
    ['RF_FOREIGN_PASSPORT', 'number', '000001', 'BAD_LENGTH'],
    ['RF_FOREIGN_PASSPORT', 'lastNameLat', 'Ж', 'BAD_CHARACTERS'],
    ['ORG_OGRN', 'ogrn', '1007800001231', 'BAD_CHECK_DIGIT'],
    ['ORG_OGRN', 'kpp', '78010010A', 'BAD_CHARACTERS'],
    ['OMS_POLICY', 'enp', '7800000000000016', 'BAD_CHECK_DIGIT'],
    ['INN', 'inn', '780000012367', 'BAD_CHECK_DIGIT'],
    ['SNILS', 'snils', '00000000000', 'IMPOSSIBLE_VALUE'],
    ['USSR_PASSPORT', 'series', 'VX-АК', 'IMPOSSIBLE_VALUE'],
    ['FOREIGN_CITIZEN_PASSPORT', 'country', 'Казахстан', 'BAD_LENGTH'],
    ['MILITARY_ID', 'series', '12', 'BAD_CHARACTERS'],
    ['EMPLOYMENT_BOOK', 'series', 'ББ-V', 'BAD_CHARACTERS'],
    ['DRIVING_LICENCE', 'number', '78АЖ123456', 'BAD_CHARACTERS'],
    ['DRIVING_LICENCE', 'categories', 'B,Z', 'BAD_CHARACTERS'],
    ['VEHICLE_REG_CERT', 'grz', 'Ж123ВС78', 'BAD_CHARACTERS'],
  ])('of %s: %s «%s» is %s', (code, requisite, typed, fault) => {
    expect(faultsOf(code, { [requisite]: typed })).toMatchObject({ [requisite]: fault });
  });

  it.each([
    ['RF_PASSPORT', 'series', '40 96', '4096'],
    ['RF_PASSPORT', 'departmentCode', '780099', '780-099'],
    ['RF_PASSPORT', 'issueDate', '5.6.2020', '2020-06-05'],
    ['RF_PASSPORT', 'issuedBy', '  ОВД  №7\n', 'ОВД №7'],
    ['SEAMAN_PASSPORT', 'series', 'аа', 'АА'],
    ['MILITARY_ID', 'series', 'ah', 'АН'],
    ['EMPLOYMENT_BOOK', 'series', 'tk–у', 'ТК-V'],
    ['FOREIGN_CITIZEN_PASSPORT', 'country', 'кaz', 'KAZ'],
    ['BIRTH_CERT_FOREIGN_CITIZEN', 'number', 'kz № 0001234', 'KZ 0001234'],
    ['RF_BIRTH_CERTIFICATE', 'series', '1у ак', 'IV-АК'],
    ['DRIVING_LICENCE', 'number', '78 ab 123456', '78АВ123456'],
    ['VEHICLE_REG_CERT', 'grz', 'ab1234 78', 'АВ123478'],
  ])('of %s: %s is typed «%s» and kept «%s»', (code, requisite, typed, kept) => {
    const found = [...SEED, ...EXTENSION].find(([, known]) => known === code);
    expect(readRequisites(documentKind(code), { ...found?.[2], [requisite]: typed })).toMatchObject({
      [requisite]: kept,
    });
  });

  it('are kept only when the kind knows them', () => {
    expect(readRequisites(documentKind('SNILS'), { snils: '912-345-678 00', password: 'x', constructor: 'y' })).toEqual(
      { snils: '91234567800' },
    );
  });

  it('name every fault at once and no value', () => {
    expect(faultsOf('RF_PASSPORT', { series: '1', number: 'abcdef' })).toEqual({
      series: 'BAD_LENGTH',
      number: 'BAD_CHARACTERS',
      issueDate: 'EMPTY',
      issuedBy: 'EMPTY',
      departmentCode: 'EMPTY',
    });
  });
});
