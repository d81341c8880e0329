import { UnknownDocumentKind } from './personal-document.errors.js';
import {
  checked,
  choices,
  date,
  digits,
  free,
  optional,
  pattern,
  type RequisiteDefinition,
  text,
} from './requisite-definition.js';

/** Where a kind stands in the list to choose from. */
export const KIND_GROUPS = ['IDENTITY', 'NUMBERS', 'FAMILY', 'WORK', 'BUSINESS', 'TRANSPORT', 'FOREIGN'] as const;
export type KindGroup = (typeof KIND_GROUPS)[number];

/**
 * A kind of personal document. Everything else about it (form, checks, display, mask, what a form field may take) is derived
 * from here: a new kind is one entry and its examples in the spec.
 */
export interface DocumentKind {
  /** Stable, never renumbered. */
  readonly code: string;
  /** Official name, word for word as in the published list. */
  readonly label: string;
  /** SEED: one of the 22 kinds of the published list; EXTENSION: needed by payments and vehicles. */
  readonly catalogue: 'SEED' | 'EXTENSION';
  readonly group: KindGroup;
  /** Types of ESIA's documents that are of this kind; empty when ESIA never supplies it. `SNILS` and `INN` are attributes of a person there. */
  readonly esiaTypes: readonly string[];
  /** In the order of the form. */
  readonly requisites: readonly RequisiteDefinition[];
  /** Requisites that together are the number of the document: compared for duplicates, masked in lists. */
  readonly numbering: readonly string[];
  /** EXPLICIT: the requisite `expiryDate`; RF_PASSPORT: computed from the birth date (fact sheet §2.3). */
  readonly expiry: 'NONE' | 'EXPLICIT' | 'RF_PASSPORT';
  /** A person has one current document of this kind. */
  readonly onePerPerson: boolean;
  /** A person may hold several valid ones at once: only one with the same number is a copy of ESIA's. */
  readonly severalAtOnce: boolean;
  /** How a document of this kind is got anew; null when it never has to be. */
  readonly renewal: Renewal | null;
}

export interface Renewal {
  /** Where people go for it, in words. */
  readonly where: string;
  /** The service of the catalogue whose draft begins it, and the answers known ahead. */
  readonly service?: { readonly code: string; readonly answers: Readonly<Record<string, string>> };
}

const ISSUED_BY = text('issuedBy', 3, 255);
const ISSUE_DATE = date('issueDate');
const EXPIRY_DATE = date('expiryDate');
const ISSUE = [ISSUE_DATE, ISSUED_BY] as const;
const COUNTRY = pattern('country', /^[A-Z]{3}$/, 3, 3, 'LATIN');
const TWO_LETTERS = pattern('series', /^[А-ЯЁ]{2}$/u, 2, 2, 'CYRILLIC');
const UP_TO_THREE_LETTERS = optional(pattern('series', /^[А-ЯЁ]{1,3}$/u, 1, 3, 'CYRILLIC'));
const ROMAN_SERIES = checked('series', 'roman-series');
const EXTRACT = [date('extractDate'), optional(pattern('extractNumber', /^[0-9A-ZА-ЯЁ/-]{1,30}$/u, 1, 30))] as const;
const ACT = [optional(pattern('actNumber', /^[0-9/-]{1,30}$/, 1, 30)), optional(date('actDate'))] as const;
const REGISTRATION_CERTIFICATE = [digits('series', 2), digits('number', 9)] as const;
const FOREIGN_BIRTH_CERTIFICATE = [
  optional(pattern('series', /^[0-9A-ZА-ЯЁ-]{1,10}$/u, 1, 10)),
  free('number', /^[0-9A-ZА-ЯЁ/ №-]{1,25}$/u, 1, 25),
  COUNTRY,
  ISSUE_DATE,
  optional(ISSUED_BY),
] as const;
const DRIVING_CATEGORIES = [
  'A',
  'A1',
  'B',
  'B1',
  'BE',
  'C',
  'C1',
  'C1E',
  'CE',
  'D',
  'D1',
  'D1E',
  'DE',
  'M',
  'Tm',
  'Tb',
];

type Details = Pick<DocumentKind, 'group' | 'requisites' | 'numbering'> &
  Partial<Pick<DocumentKind, 'esiaTypes' | 'expiry' | 'onePerPerson' | 'severalAtOnce'>> & {
    /** Where it is renewed; `byMfc` when an appointment at the МФЦ begins it. */
    readonly renewed?: { readonly where: string; readonly byMfc?: boolean };
  };

const kind = (
  catalogue: DocumentKind['catalogue'],
  code: string,
  label: string,
  { renewed, ...details }: Details,
): DocumentKind => ({
  code,
  label,
  catalogue,
  esiaTypes: [],
  expiry: 'NONE',
  onePerPerson: false,
  severalAtOnce: false,
  renewal: renewed
    ? {
        where: renewed.where,
        ...(renewed.byMfc && { service: { code: 'MFC_APPOINTMENT', answers: { service: code } } }),
      }
    : null,
  ...details,
});
const seed = (code: string, label: string, details: Details) => kind('SEED', code, label, details);
const extension = (code: string, label: string, details: Details) => kind('EXTENSION', code, label, details);

const SERIES_AND_NUMBER = ['series', 'number'];

/** The 22 kinds of the published list in its order, then ours (fact sheet §2.1, §2.2). */
export const DOCUMENT_KINDS: readonly DocumentKind[] = [
  seed('RF_PASSPORT', 'Паспорт гражданина РФ', {
    group: 'IDENTITY',
    esiaTypes: ['RF_PASSPORT'],
    onePerPerson: true,
    expiry: 'RF_PASSPORT',
    renewed: { where: 'В МФЦ или в подразделении по вопросам миграции МВД России', byMfc: true },
    numbering: SERIES_AND_NUMBER,
    requisites: [
      digits('series', 4),
      digits('number', 6),
      ...ISSUE,
      checked('departmentCode', 'department-code'),
      optional(text('birthPlace', 1, 255)),
    ],
  }),
  seed('RF_FOREIGN_PASSPORT', 'Заграничный паспорт гражданина РФ', {
    group: 'IDENTITY',
    esiaTypes: ['FRGN_PASS'],
    expiry: 'EXPLICIT',
    severalAtOnce: true,
    renewed: { where: 'В МФЦ или в подразделении по вопросам миграции МВД России', byMfc: true },
    numbering: SERIES_AND_NUMBER,
    requisites: [
      digits('series', 2),
      digits('number', 7),
      ISSUE_DATE,
      EXPIRY_DATE,
      ISSUED_BY,
      optional(free('lastNameLat', /^[A-Z][A-Z' -]{0,59}$/, 1, 60, 'LATIN')),
      optional(free('firstNameLat', /^[A-Z][A-Z' -]{0,59}$/, 1, 60, 'LATIN')),
    ],
  }),
  seed('ORG_OGRN', 'ОГРН организации пользователя', {
    group: 'BUSINESS',
    numbering: ['ogrn'],
    requisites: [
      checked('ogrn', 'ogrn'),
      optional(text('orgName', 1, 500)),
      optional(checked('inn', 'inn-organisation')),
      optional(checked('kpp', 'kpp')),
    ],
  }),
  seed('OMS_POLICY', 'Полис ОМС', {
    group: 'NUMBERS',
    esiaTypes: ['MDCL_PLCY'],
    onePerPerson: true,
    expiry: 'EXPLICIT',
    renewed: { where: 'В МФЦ или в страховой медицинской организации', byMfc: true },
    numbering: ['enp'],
    requisites: [
      checked('enp', 'enp'),
      optional(pattern('series', /^[0-9A-ZА-ЯЁ-]{1,12}$/u, 1, 12)),
      optional(text('insurer', 1, 255)),
      optional(EXPIRY_DATE),
    ],
  }),
  seed('INN', 'ИНН физического лица', {
    group: 'NUMBERS',
    esiaTypes: ['INN'],
    onePerPerson: true,
    numbering: ['inn'],
    requisites: [checked('inn', 'inn-person'), optional(ISSUE_DATE), optional(ISSUED_BY)],
  }),
  seed('SNILS', 'СНИЛС', {
    group: 'NUMBERS',
    esiaTypes: ['SNILS'],
    onePerPerson: true,
    numbering: ['snils'],
    requisites: [checked('snils', 'snils')],
  }),
  seed('TEMPORARY_ID', 'Временное удостоверение личности', {
    group: 'IDENTITY',
    expiry: 'EXPLICIT',
    renewed: { where: 'В подразделении по вопросам миграции МВД России' },
    numbering: ['number'],
    requisites: [free('number', /^[0-9A-ZА-ЯЁ/ -]{1,25}$/u, 1, 25), ISSUE_DATE, EXPIRY_DATE, ISSUED_BY],
  }),
  seed('USSR_PASSPORT', 'Паспорт гражданина СССР', {
    group: 'IDENTITY',
    numbering: SERIES_AND_NUMBER,
    requisites: [ROMAN_SERIES, digits('number', 6), ...ISSUE],
  }),
  seed('FOREIGN_CITIZEN_PASSPORT', 'Паспорт иностранного гражданина', {
    group: 'FOREIGN',
    expiry: 'EXPLICIT',
    renewed: { where: 'В консульстве или посольстве страны, которая его выдала' },
    numbering: SERIES_AND_NUMBER,
    requisites: [
      optional(pattern('series', /^[0-9A-ZА-ЯЁ]{1,10}$/u, 1, 10)),
      pattern('number', /^[0-9A-ZА-ЯЁ-]{1,20}$/u, 1, 20),
      COUNTRY,
      ISSUE_DATE,
      optional(EXPIRY_DATE),
      optional(ISSUED_BY),
      optional(text('nameLat', 1, 120)),
    ],
  }),
  seed('REFUGEE_APPLICATION_CERT', 'Свидетельство о регистрации ходатайства иммигранта о признании его беженцем', {
    group: 'FOREIGN',
    expiry: 'EXPLICIT',
    renewed: { where: 'В подразделении по вопросам миграции МВД России' },
    numbering: SERIES_AND_NUMBER,
    requisites: [UP_TO_THREE_LETTERS, digits('number', 5, 9), ...ISSUE, optional(EXPIRY_DATE)],
  }),
  seed('REFUGEE_ID', 'Удостоверение беженца', {
    group: 'FOREIGN',
    expiry: 'EXPLICIT',
    renewed: { where: 'В подразделении по вопросам миграции МВД России' },
    numbering: SERIES_AND_NUMBER,
    requisites: [UP_TO_THREE_LETTERS, digits('number', 5, 9), ISSUE_DATE, EXPIRY_DATE, ISSUED_BY],
  }),
  seed('MILITARY_PERSONNEL_ID', 'Удостоверение военнослужащего', {
    group: 'WORK',
    expiry: 'EXPLICIT',
    renewed: { where: 'В кадровом органе воинской части' },
    numbering: SERIES_AND_NUMBER,
    requisites: [TWO_LETTERS, digits('number', 6, 7), ...ISSUE, optional(EXPIRY_DATE)],
  }),
  seed('SEAMAN_PASSPORT', 'Паспорт моряка', {
    group: 'IDENTITY',
    expiry: 'EXPLICIT',
    renewed: { where: 'У капитана морского порта' },
    numbering: SERIES_AND_NUMBER,
    requisites: [TWO_LETTERS, digits('number', 6, 7), ISSUE_DATE, EXPIRY_DATE, ISSUED_BY],
  }),
  seed('EGRUL_EXTRACT', 'Выписка из единого государственного реестра юридических лиц', {
    group: 'BUSINESS',
    numbering: ['ogrn', 'extractDate', 'extractNumber'],
    requisites: [checked('ogrn', 'ogrn'), ...EXTRACT],
  }),
  seed('EGRIP_EXTRACT', 'Выписка из единого государственного реестра индивидуальных предпринимателей', {
    group: 'BUSINESS',
    numbering: ['ogrnip', 'extractDate', 'extractNumber'],
    requisites: [checked('ogrnip', 'ogrnip'), ...EXTRACT],
  }),
  seed('MARRIAGE_CERTIFICATE', 'Свидетельство о регистрации брака', {
    group: 'FAMILY',
    numbering: SERIES_AND_NUMBER,
    requisites: [ROMAN_SERIES, digits('number', 6), ...ISSUE, ...ACT, optional(text('spouseName', 1, 255))],
  }),
  seed('SOLE_PROPRIETOR_REG_CERT', 'Свидетельство о регистрации индивидуального предпринимателя', {
    group: 'BUSINESS',
    numbering: SERIES_AND_NUMBER,
    requisites: [...REGISTRATION_CERTIFICATE, checked('ogrnip', 'ogrnip'), ISSUE_DATE, optional(ISSUED_BY)],
  }),
  seed('LEGAL_ENTITY_REG_CERT', 'Свидетельство о регистрации юридического лица', {
    group: 'BUSINESS',
    numbering: SERIES_AND_NUMBER,
    requisites: [...REGISTRATION_CERTIFICATE, checked('ogrn', 'ogrn'), ISSUE_DATE, optional(ISSUED_BY)],
  }),
  seed('EMPLOYMENT_BOOK', 'Трудовая книжка', {
    group: 'WORK',
    numbering: SERIES_AND_NUMBER,
    requisites: [
      pattern('series', /^(?:ТК(?:-[IVX]{1,4})?|АТ-[IVX]{1,5})$/u, 2, 8, 'CYRILLIC_THEN_ROMAN'),
      digits('number', 7),
      ISSUE_DATE,
      optional(ISSUED_BY),
    ],
  }),
  seed('FOREIGN_BIRTH_CERT_RF_CITIZEN', 'Иностранное свидетельство о рождении гражданина РФ', {
    group: 'FAMILY',
    numbering: SERIES_AND_NUMBER,
    requisites: FOREIGN_BIRTH_CERTIFICATE,
  }),
  seed('BIRTH_CERT_FOREIGN_CITIZEN', 'Свидетельство о рождении иностранного гражданина', {
    group: 'FOREIGN',
    numbering: SERIES_AND_NUMBER,
    requisites: FOREIGN_BIRTH_CERTIFICATE,
  }),
  seed('TEMPORARY_ASYLUM_CERT', 'Свидетельство о предоставлении временного убежища на территории РФ', {
    group: 'FOREIGN',
    expiry: 'EXPLICIT',
    renewed: { where: 'В подразделении по вопросам миграции МВД России' },
    numbering: SERIES_AND_NUMBER,
    requisites: [TWO_LETTERS, digits('number', 6, 7), ISSUE_DATE, EXPIRY_DATE, ISSUED_BY],
  }),
  extension('DRIVING_LICENCE', 'Водительское удостоверение', {
    group: 'TRANSPORT',
    esiaTypes: ['RF_DRIVING_LICENSE'],
    expiry: 'EXPLICIT',
    renewed: { where: 'В МФЦ или в подразделении Госавтоинспекции', byMfc: true },
    numbering: ['number'],
    requisites: [
      checked('number', 'driving-licence'),
      ISSUE_DATE,
      EXPIRY_DATE,
      optional(choices('categories', DRIVING_CATEGORIES)),
      optional(text('issuedBy', 1, 255)),
    ],
  }),
  extension('RF_BIRTH_CERTIFICATE', 'Свидетельство о рождении', {
    group: 'FAMILY',
    esiaTypes: ['RF_BRTH_CERT', 'KID_RF_BRTH_CERT', 'BRTH_CERT', 'OLD_BRTH_CERT'],
    numbering: SERIES_AND_NUMBER,
    requisites: [ROMAN_SERIES, digits('number', 6), ...ISSUE, ...ACT],
  }),
  extension('MILITARY_ID', 'Военный билет', {
    group: 'WORK',
    esiaTypes: ['MLTR_ID'],
    expiry: 'EXPLICIT',
    renewed: { where: 'В военном комиссариате по месту воинского учёта' },
    numbering: SERIES_AND_NUMBER,
    requisites: [TWO_LETTERS, digits('number', 6, 7), ...ISSUE, optional(EXPIRY_DATE)],
  }),
  extension('HUNTING_TICKET', 'Охотничий билет', {
    group: 'WORK',
    numbering: SERIES_AND_NUMBER,
    requisites: [digits('series', 2), digits('number', 6, 7), ISSUE_DATE, optional(ISSUED_BY)],
  }),
  extension('VEHICLE_REG_CERT', 'Свидетельство о регистрации транспортного средства в органах МВД РФ', {
    group: 'TRANSPORT',
    numbering: ['number'],
    requisites: [
      checked('number', 'vehicle-certificate'),
      optional(ISSUE_DATE),
      optional(checked('grz', 'plate')),
      optional(text('make', 1, 100)),
    ],
  }),
];

/** Comes from the ESIA profile when ESIA has it. */
export const isSuppliedByEsia = ({ esiaTypes }: DocumentKind): boolean => esiaTypes.length > 0;

/** The kind that a document of ESIA is of; null for what the cabinet does not keep. */
export const kindOfEsiaType = (type: string): DocumentKind | null =>
  DOCUMENT_KINDS.find(({ esiaTypes }) => esiaTypes.includes(type)) ?? null;

/** Which requisite of the numbering tells documents apart: a series alone would not. */
export const mainNumberOf = ({ numbering }: DocumentKind): string =>
  numbering.find((code) => code === 'number') ?? numbering[0] ?? '';

const KINDS = new Map(DOCUMENT_KINDS.map((entry) => [entry.code, entry]));

/** Throws UnknownDocumentKind. */
export function documentKind(code: string): DocumentKind {
  const found = KINDS.get(code);
  if (!found) throw new UnknownDocumentKind();
  return found;
}
