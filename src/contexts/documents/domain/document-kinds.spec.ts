import fc from 'fast-check';
import { DOCUMENT_EXAMPLES } from '../../../../test/support/document-examples.js';
import { legalDayOf } from '../../../kernel/legal-day.js';
import {
  DOCUMENT_KINDS,
  type DocumentKind,
  documentKind,
  isSuppliedByEsia,
  KIND_GROUPS,
  kindOfEsiaType,
} from './document-kinds.js';
import { checkDates } from './expiry.js';
import { DocumentExpired, InvalidRequisites, UnknownDocumentKind } from './personal-document.errors.js';
import { formatRequisite, readLoosely, readRequisites, type Requisites } from './requisite-reading.js';

/** The published list, word for word and in its order. */
const SEED = [
  ['Паспорт гражданина РФ', 'RF_PASSPORT'],
  ['Заграничный паспорт гражданина РФ', 'RF_FOREIGN_PASSPORT'],
  ['ОГРН организации пользователя', 'ORG_OGRN'],
  ['Полис ОМС', 'OMS_POLICY'],
  ['ИНН физического лица', 'INN'],
  ['СНИЛС', 'SNILS'],
  ['Временное удостоверение личности', 'TEMPORARY_ID'],
  ['Паспорт гражданина СССР', 'USSR_PASSPORT'],
  ['Паспорт иностранного гражданина', 'FOREIGN_CITIZEN_PASSPORT'],
  ['Свидетельство о регистрации ходатайства иммигранта о признании его беженцем', 'REFUGEE_APPLICATION_CERT'],
  ['Удостоверение беженца', 'REFUGEE_ID'],
  ['Удостоверение военнослужащего', 'MILITARY_PERSONNEL_ID'],
  ['Паспорт моряка', 'SEAMAN_PASSPORT'],
  ['Выписка из единого государственного реестра юридических лиц', 'EGRUL_EXTRACT'],
  ['Выписка из единого государственного реестра индивидуальных предпринимателей', 'EGRIP_EXTRACT'],
  ['Свидетельство о регистрации брака', 'MARRIAGE_CERTIFICATE'],
  ['Свидетельство о регистрации индивидуального предпринимателя', 'SOLE_PROPRIETOR_REG_CERT'],
  ['Свидетельство о регистрации юридического лица', 'LEGAL_ENTITY_REG_CERT'],
  ['Трудовая книжка', 'EMPLOYMENT_BOOK'],
  ['Иностранное свидетельство о рождении гражданина РФ', 'FOREIGN_BIRTH_CERT_RF_CITIZEN'],
  ['Свидетельство о рождении иностранного гражданина', 'BIRTH_CERT_FOREIGN_CITIZEN'],
  ['Свидетельство о предоставлении временного убежища на территории РФ', 'TEMPORARY_ASYLUM_CERT'],
] as const;

const EXTENSION = [
  ['Водительское удостоверение', 'DRIVING_LICENCE'],
  ['Свидетельство о рождении', 'RF_BIRTH_CERTIFICATE'],
  ['Военный билет', 'MILITARY_ID'],
  ['Охотничий билет', 'HUNTING_TICKET'],
  ['Свидетельство о регистрации транспортного средства в органах МВД РФ', 'VEHICLE_REG_CERT'],
] as const;

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
    expect(listed('SEED')).toEqual(SEED);
    expect(listed('EXTENSION')).toEqual(EXTENSION);
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

  it('know under which types ESIA keeps them, one kind for each type', () => {
    const types = DOCUMENT_KINDS.flatMap(({ esiaTypes }) => esiaTypes);
    expect(new Set(types).size).toBe(types.length);
    expect(kindOfEsiaType('OLD_BRTH_CERT')?.code).toBe('RF_BIRTH_CERTIFICATE');
    expect(kindOfEsiaType('RF_DRIVING_LICENSE')?.code).toBe('DRIVING_LICENCE');
    expect(kindOfEsiaType('VEHICLE_INFO')).toBeNull();
  });

  it('say where they are renewed if they ever end, and which an appointment at the МФЦ renews', () => {
    for (const { expiry, renewal } of DOCUMENT_KINDS) expect(renewal !== null).toBe(expiry !== 'NONE');
    expect(DOCUMENT_KINDS.flatMap(({ renewal }) => renewal?.service ?? [])).toEqual(
      ['RF_PASSPORT', 'RF_FOREIGN_PASSPORT', 'OMS_POLICY', 'DRIVING_LICENCE'].map((service) => ({
        code: 'MFC_APPOINTMENT',
        answers: { service },
      })),
    );
  });

  it.each(DOCUMENT_KINDS.map((kind) => [kind.code, kind] as const))('%s is consistent data', (_code, kind) => {
    const codes = kind.requisites.map(({ code }) => code);
    expect(new Set(codes).size).toBe(codes.length);
    expect(codes).toEqual(expect.arrayContaining([...kind.numbering]));
    expect(kind.expiry === 'EXPLICIT').toBe(codes.includes('expiryDate'));
    expect(KIND_GROUPS).toContain(kind.group);
  });
});

/** Codes of the requisites at which a fault is shown to somebody whose age is no obstacle. */
const faultyOf = (kind: DocumentKind, typed: Requisites): string[] => {
  try {
    checkDates(kind, readRequisites(kind, typed), { childId: null, today: legalDayOf(new Date()), birthDate: null });
    return [];
  } catch (error) {
    if (error instanceof InvalidRequisites) return Object.keys(error.faults);
    if (error instanceof DocumentExpired) return ['expiryDate'];
    throw error;
  }
};

describe('examples', () => {
  it('are there for every kind, good ones and bad ones', () => {
    expect(Object.keys(DOCUMENT_EXAMPLES)).toEqual(DOCUMENT_KINDS.map(({ code }) => code));
    for (const { bad } of Object.values(DOCUMENT_EXAMPLES)) expect(bad.length).toBeGreaterThanOrEqual(3);
  });
});

describe.each(DOCUMENT_KINDS.map((kind) => [kind.code, kind] as const))('%s', (code, kind) => {
  const { good, bad } = DOCUMENT_EXAMPLES[code]!;

  it('takes its example and leaves it as it is', () => {
    expect(readRequisites(kind, good)).toEqual(good);
    expect(faultyOf(kind, good)).toEqual([]);
  });

  it('takes back what it prints, as often as one likes', () => {
    const printed = (requisites: Requisites) =>
      Object.fromEntries(
        kind.requisites.flatMap((definition) => {
          const value = requisites[definition.code];
          return value ? [[definition.code, formatRequisite(definition, value)]] : [];
        }),
      );
    const once = readRequisites(kind, printed(good));
    expect(once).toEqual(good);
    expect(printed(once)).toEqual(printed(good));
  });

  it.each(bad.map(({ requisites, at }) => [at, requisites[at], requisites] as const))(
    'is refused at %s when that is «%s»',
    (at, _value, requisites) => expect(faultyOf(kind, requisites)).toEqual([at]),
  );

  it('misses each required requisite', () => {
    const required = kind.requisites.filter((definition) => definition.required);
    expect(faultsOf(code, {})).toEqual(Object.fromEntries(required.map((definition) => [definition.code, 'EMPTY'])));
  });
});

const anyText = fc.oneof(
  fc.string({ unit: 'grapheme', maxLength: 20 }),
  fc.string({ unit: fc.constantFrom(...' \u00A0№-–.()0123456789１IVXLАКВТABKT,/'), maxLength: 20 }),
);

describe('reading a requisite', () => {
  const definitions = DOCUMENT_KINDS.flatMap((kind) =>
    kind.requisites.map((definition) => [kind.code, definition.code, definition] as const),
  );

  it.each(definitions)('of %s: what is read of %s is read as the same again', (code, requisite, definition) => {
    const example = DOCUMENT_EXAMPLES[code]!.good[requisite];
    const typed = example ? fc.oneof(anyText, disturbed(example)) : anyText;
    fc.assert(
      fc.property(typed, (text) => {
        const once = readLoosely(definition, text);
        if (once !== null) expect(readLoosely(definition, once)).toBe(once);
      }),
      { numRuns: 200 },
    );
  });
});

/** The same number as people and scanners write it: spaces, dashes and full-width digits among its characters. */
const disturbed = (value: string) =>
  fc
    .array(fc.constantFrom('', '', ' ', '\u00A0', '\u200B'), { minLength: value.length, maxLength: value.length })
    .map((between) => [...value].map((character, at) => character + between[at]!).join(''));

/**
 * The kernel proves for any number where its arithmetic notices a wrong digit. It cannot where a sum reads 00 or remainders 10 and 0 read
 * the same (fact sheet §3.1–3.4): these numbers are none of those.
 */
describe.each([
  ['SNILS', 'snils', '11223344595'],
  ['INN', 'inn', '781000001239'],
  ['OMS_POLICY', 'enp', '7800000000000015'],
  ['ORG_OGRN', 'ogrn', '1027700132195'],
  ['EGRIP_EXTRACT', 'ogrnip', '300780000000123'],
])('of %s: %s %s', (code, requisite, number) => {
  const { good } = DOCUMENT_EXAMPLES[code]!;

  it('is taken, and refused with any one digit wrong', () => {
    expect(faultsOf(code, { ...good, [requisite]: number })).toBeNull();
    for (let at = 0; at < number.length; at += 1) {
      for (let by = 1; by <= 9; by += 1) {
        const wrong = number.slice(0, at) + String((Number(number[at]) + by) % 10) + number.slice(at + 1);
        expect([wrong, faultsOf(code, { ...good, [requisite]: wrong })]).toEqual([
          wrong,
          { [requisite]: expect.any(String) as string },
        ]);
      }
    }
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
    expect(readRequisites(documentKind(code), { ...DOCUMENT_EXAMPLES[code]?.good, [requisite]: typed })).toMatchObject({
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
