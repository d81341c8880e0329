import {
  type BirthCertificate,
  type PersonAddress,
  type PersonChild,
  type PersonContact,
  type PersonFacts,
  type PersonOrganization,
} from '../domain/person-facts.js';

/** An object of ESIA's REST answers (fact sheet of external systems §1.7 and §1.8). Any field may be missing. */
export type EsiaRecord = Readonly<Record<string, unknown>>;

export const isRecord = (value: unknown): value is EsiaRecord =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** `elements` of a collection; some answers are a bare array. Null when it is no collection at all. */
export function elementsOf(answer: unknown): readonly unknown[] | null {
  if (Array.isArray(answer)) return answer as unknown[];
  if (!isRecord(answer)) return null;
  if (Array.isArray(answer.elements)) return answer.elements as unknown[];
  return answer.size === 0 ? [] : null;
}

/** Text or number as trimmed text; null when missing or empty. */
export function textOf(record: EsiaRecord, field: string): string | null {
  const value = record[field];
  if (typeof value !== 'string' && typeof value !== 'number') return null;
  const text = String(value).trim();
  return text === '' ? null : text;
}

/** `dd.MM.yyyy` as `YYYY-MM-DD`; null for anything else. */
export function dayOf(record: EsiaRecord, field: string): string | null {
  const [, day, month, year] = /^(\d{2})\.(\d{2})\.(\d{4})$/.exec(textOf(record, field) ?? '') ?? [];
  return day && month && year ? `${year}-${month}-${day}` : null;
}

/** Only the digits; null when there are none. */
export const digitsOf = (record: EsiaRecord, field: string): string | null =>
  textOf(record, field)?.replace(/\D/g, '') || null;

const sexOf = (record: EsiaRecord): 'M' | 'F' | null => {
  const gender = textOf(record, 'gender');
  return gender === 'M' || gender === 'F' ? gender : null;
};

/** The person's own fields, without the collections. */
export function personalDetails(
  person: EsiaRecord,
): Omit<PersonFacts, 'contacts' | 'addresses' | 'children' | 'organizations' | 'documents' | 'notGranted'> {
  return {
    lastName: textOf(person, 'lastName') ?? '',
    firstName: textOf(person, 'firstName') ?? '',
    middleName: textOf(person, 'middleName'),
    birthDate: dayOf(person, 'birthDate'),
    birthPlace: textOf(person, 'birthPlace'),
    sex: sexOf(person),
    snils: digitsOf(person, 'snils'),
    inn: digitsOf(person, 'inn'),
  };
}

const CONTACT_KINDS: Readonly<Record<string, PersonContact['kind']>> = {
  MBT: 'MOBILE',
  PHN: 'HOME_PHONE',
  EML: 'EMAIL',
  CEM: 'WORK_EMAIL',
};

/** Null for a type the cabinet does not show. Phones come as `+7(921)0000006` and leave as `+79210000006`. */
export function contactOf(contact: EsiaRecord): PersonContact | null {
  const kind = CONTACT_KINDS[textOf(contact, 'type') ?? ''];
  const value = textOf(contact, 'value');
  if (!kind || value === null) return null;
  const isPhone = kind === 'MOBILE' || kind === 'HOME_PHONE';
  return {
    kind,
    value: isPhone ? value.replace(/[^\d+]/g, '') : value,
    confirmed: textOf(contact, 'vrfStu') === 'VERIFIED',
  };
}

const ADDRESS_KINDS: Readonly<Record<string, PersonAddress['kind']>> = { PRG: 'REGISTRATION', PLV: 'RESIDENCE' };

/** Null for a type the cabinet does not show. `addressStr` ends with the street; house and flat come in fields of their own. */
export function addressOf(address: EsiaRecord): PersonAddress | null {
  const kind = ADDRESS_KINDS[textOf(address, 'type') ?? ''];
  const street = textOf(address, 'addressStr');
  if (!kind || street === null) return null;
  const part = (label: string, field: string) => {
    const value = textOf(address, field);
    return value === null ? null : `${label} ${value}`;
  };
  const building = [
    part('д.', 'house'),
    part('корп.', 'frame'),
    part('стр.', 'building'),
    part('кв.', 'flat'),
    part('ком.', 'room'),
  ];
  const index = textOf(address, 'zipCode');
  const parts = [
    street.startsWith(index ?? '\0') ? null : index,
    street,
    ...(/(^|[\s,])д\.?\s*\d/u.test(street) ? [] : building),
  ];
  return { kind, line: parts.filter((text) => text !== null).join(', ') };
}

const BIRTH_CERTIFICATES = new Set(['RF_BRTH_CERT', 'KID_RF_BRTH_CERT', 'BRTH_CERT', 'OLD_BRTH_CERT', 'FID_BRTH_CERT']);

const certificateOf = (document: EsiaRecord): BirthCertificate => ({
  series: textOf(document, 'series') ?? '',
  number: textOf(document, 'number') ?? '',
  issueDate: dayOf(document, 'issueDate'),
  issuedBy: textOf(document, 'issuedBy'),
});

/** Null when ESIA gives no number, name, day of birth or sex: such a child cannot be named in an application. */
export function childOf(kid: EsiaRecord, documents: readonly EsiaRecord[]): PersonChild | null {
  const id = textOf(kid, 'id') ?? textOf(kid, 'oid');
  const firstName = textOf(kid, 'firstName');
  const birthDate = dayOf(kid, 'birthDate');
  const sex = sexOf(kid);
  if (id === null || firstName === null || birthDate === null || sex === null) return null;
  const ofType = (matches: (type: string) => boolean) =>
    documents.find((document) => matches(textOf(document, 'type') ?? ''));
  const certificate = ofType((type) => BIRTH_CERTIFICATES.has(type));
  const policy = ofType((type) => type === 'MDCL_PLCY');
  return {
    id,
    lastName: textOf(kid, 'lastName') ?? '',
    firstName,
    middleName: textOf(kid, 'middleName'),
    birthDate,
    sex,
    snils: digitsOf(kid, 'snils'),
    inn: digitsOf(kid, 'inn'),
    oms: policy ? digitsOf(policy, 'number') : null,
    birthCertificate: certificate ? certificateOf(certificate) : null,
  };
}

/** `details` is the organisation's own record, null when it was not granted. Null for a role that has ended. */
export function organizationOf(role: EsiaRecord, details: EsiaRecord | null): PersonOrganization | null {
  const id = textOf(role, 'oid');
  const fullName = textOf(role, 'fullName');
  if (id === null || fullName === null || role.active === false || role.isLiquidated === true) return null;
  return {
    id,
    fullName,
    shortName: textOf(role, 'shortName'),
    ogrn: textOf(role, 'ogrn'),
    inn: details && textOf(details, 'inn'),
    kpp: details && textOf(details, 'kpp'),
    chief: role.chief === true,
  };
}
