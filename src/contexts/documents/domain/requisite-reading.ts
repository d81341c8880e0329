import { Enp } from '../../../kernel/enp.js';
import { Inn } from '../../../kernel/inn.js';
import { faultOf, InvalidRequisite } from '../../../kernel/invalid-requisite.js';
import { Kpp } from '../../../kernel/kpp.js';
import { isCalendarDay } from '../../../kernel/legal-day.js';
import { Ogrn, Ogrnip } from '../../../kernel/ogrn.js';
import { PLATE_TYPES, PlateNumber } from '../../../kernel/plate-number.js';
import {
  normaliseCode,
  normaliseFreeNumber,
  normaliseNumber,
  normaliseText,
  toCyrillic,
  toLatin,
} from '../../../kernel/requisite.js';
import { RomanSeries } from '../../../kernel/roman-series.js';
import { Snils } from '../../../kernel/snils.js';
import { DrivingLicenceNumber, VehicleCertificateNumber } from '../../../kernel/vehicle-certificate-number.js';
import { type DocumentKind } from './document-kinds.js';
import { type DocumentFault, InvalidRequisites } from './personal-document.errors.js';
import { type Letters, type RequisiteCheck, type RequisiteDefinition } from './requisite-definition.js';

/** Requisite code to normalised value; absent ones are left out. */
export type Requisites = Readonly<Record<string, string>>;

interface Read {
  readonly value: string;
  readonly formatted: string;
}

/**
 * Normalises and checks everything typed for a document of this kind; codes the kind does not know are dropped.
 * Throws InvalidRequisites naming every fault at once. Whether the dates make sense is a question of its own.
 */
export function readRequisites(kind: DocumentKind, typed: Readonly<Record<string, unknown>>): Requisites {
  const requisites: Record<string, string> = {};
  const faults: Record<string, DocumentFault> = {};
  for (const definition of kind.requisites) {
    const given = typed[definition.code];
    const text = Array.isArray(given) ? given.join(',') : typeof given === 'string' ? given : '';
    if (normaliseText(text) === '') {
      if (definition.required) faults[definition.code] = 'EMPTY';
      continue;
    }
    try {
      requisites[definition.code] = readRequisite(definition, text).value;
    } catch (error) {
      if (!(error instanceof InvalidRequisite)) throw error;
      faults[definition.code] = error.reason;
    }
  }
  if (Object.keys(faults).length > 0) throw new InvalidRequisites(faults);
  return requisites;
}

/** As printed on the document; dates stay `YYYY-MM-DD`, and what ESIA writes in a way of its own stays so. */
export function formatRequisite(definition: RequisiteDefinition, value: string): string {
  if (definition.type === 'choices') return value.split(',').join(', ');
  return attempt(() => readRequisite(definition, value).formatted) ?? value;
}

/**
 * A value that we may not refuse: normalised when it is as it should be, kept as it is written when it is not. Null when nothing is
 * given, and for days and choices that cannot be made out.
 */
export function readLoosely(definition: RequisiteDefinition, given: unknown): string | null {
  const text = typeof given === 'string' ? normaliseText(given) : '';
  if (text === '') return null;
  const isText = definition.type !== 'date' && definition.type !== 'choices';
  return attempt(() => readRequisite(definition, text).value) ?? (isText ? text.slice(0, LONGEST_LOOSE_VALUE) : null);
}

const LONGEST_LOOSE_VALUE = 500;

function attempt(read: () => string): string | null {
  try {
    return read();
  } catch (error) {
    if (error instanceof InvalidRequisite) return null;
    throw error;
  }
}

function readRequisite(definition: RequisiteDefinition, text: string): Read {
  switch (definition.type) {
    case 'checked':
      return CHECKS[definition.check](text);
    case 'number':
      return plain(matched(definition, normaliseNumber(text)));
    case 'code':
      return plain(matched(definition, inAlphabet(normaliseCode(text), definition.letters)));
    case 'free':
      return plain(matched(definition, inAlphabet(normaliseFreeNumber(text), definition.letters)));
    case 'text':
      return plain(matched({ ...definition, pattern: /./u }, normaliseText(text)));
    case 'date':
      return plain(readDay(definition.code, text));
    case 'choices':
      return plain(readChoices(definition.code, definition.choices, text));
  }
}

const plain = (value: string): Read => ({ value, formatted: value });

function matched(
  definition: { code: string; pattern: RegExp; length: readonly [number, number] },
  value: string,
): string {
  const length = [...value].length;
  if (length < definition.length[0] || length > definition.length[1])
    throw new InvalidRequisite(definition.code, 'BAD_LENGTH');
  if (!definition.pattern.test(value)) throw new InvalidRequisite(definition.code, 'BAD_CHARACTERS');
  return value;
}

function inAlphabet(value: string, letters: Letters | undefined): string {
  switch (letters) {
    case 'CYRILLIC':
      return toCyrillic(value);
    case 'LATIN':
      return toLatin(value);
    case 'CYRILLIC_THEN_ROMAN':
      return toCyrillic(value.slice(0, 2)) + toLatin(value.slice(2).replaceAll('У', 'V').replaceAll('1', 'I'));
    case undefined:
      return value;
  }
}

/** Takes `27.03.2026` and `2026-03-27`. */
function readDay(code: string, text: string): string {
  const typed = normaliseCode(text);
  const [, day, month, year] = /^(\d{1,2})[./](\d{1,2})[./](\d{4})$/.exec(typed) ?? [];
  const value = day && month && year ? `${year}-${month.padStart(2, '0')}-${day.padStart(2, '0')}` : typed;
  if (!/^\d{4}-\d{2}-\d{2}$/.test(value)) throw new InvalidRequisite(code, 'BAD_CHARACTERS');
  if (!isCalendarDay(value)) throw new InvalidRequisite(code, 'IMPOSSIBLE_VALUE');
  return value;
}

function readChoices(code: string, known: readonly string[], text: string): string {
  const chosen = text.split(',').map((choice) => choice.trim());
  if (chosen.some((choice) => !known.includes(choice))) throw new InvalidRequisite(code, 'BAD_CHARACTERS');
  return known.filter((choice) => chosen.includes(choice)).join(',');
}

const CHECKS: Readonly<Record<RequisiteCheck, (text: string) => Read>> = {
  snils: (text) => Snils.parse(text),
  'inn-person': (text) => Inn.parsePerson(text),
  'inn-organisation': (text) => Inn.parseOrganisation(text),
  ogrn: (text) => Ogrn.parse(text),
  ogrnip: (text) => Ogrnip.parse(text),
  kpp: (text) => Kpp.parse(text),
  enp: (text) => Enp.parse(text),
  'roman-series': (text) => RomanSeries.parse(text),
  'driving-licence': (text) => DrivingLicenceNumber.parse(text),
  'vehicle-certificate': (text) => VehicleCertificateNumber.parse(text),
  plate: (text) =>
    PlateNumber.parse(
      text,
      PLATE_TYPES.find((type) => faultOf(() => PlateNumber.parse(text, type)) === null),
    ),
  'department-code': readDepartmentCode,
};

/** `780-099`; the hyphen may be left out (fact sheet §3.7). */
function readDepartmentCode(text: string): Read {
  const typed = normaliseNumber(text);
  if (typed.length !== 6) throw new InvalidRequisite('department-code', 'BAD_LENGTH');
  if (!/^\d+$/.test(typed)) throw new InvalidRequisite('department-code', 'BAD_CHARACTERS');
  return plain(`${typed.slice(0, 3)}-${typed.slice(3)}`);
}
