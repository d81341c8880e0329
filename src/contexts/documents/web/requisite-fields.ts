import { formatDate } from '../../../platform/views/format.js';
import { InvalidRequisite } from '../../../kernel/invalid-requisite.js';
import { isCalendarDay } from '../../../kernel/legal-day.js';
import { maskRequisite } from '../../../kernel/requisite.js';
import { type DocumentKind } from '../domain/document-kinds.js';
import { type RequisiteCheck, type RequisiteDefinition } from '../domain/requisite-definition.js';
import { formatRequisite, type Requisites } from '../domain/requisite-reading.js';
import { requisiteHint, requisiteLabel } from './requisite-words.js';

/** What the templates need to print one field of a document's form. */
export interface RequisiteField {
  readonly name: string;
  readonly label: string;
  readonly hint: string | null;
  readonly optional: boolean;
  readonly isDate: boolean;
  readonly isText: boolean;
  readonly options: readonly { readonly value: string; readonly text: string }[] | null;
  readonly numeric: boolean;
  readonly short: boolean;
  /** How the browser tidies what was typed or pasted: a name of `forms.js`. */
  readonly format: string | null;
  /** A series and a number pasted together into this field are parted after so many digits; the rest goes to the field with the id `rest`. */
  readonly parting: { readonly digits: number; readonly rest: string } | null;
}

const fieldName = (code: string): string => `requisites[${code}]`;
/** The form's error summary links to the ids that the field helper makes of names. */
export const fieldKey = (code: string): string => `requisites.${code}`;
const DIGITS_ONLY = ['snils', 'inn-person', 'inn-organisation', 'ogrn', 'ogrnip', 'enp', 'department-code'];
const CHECK_FORMATS: Readonly<Record<RequisiteCheck, string>> = {
  snils: 'snils',
  'inn-person': 'number',
  'inn-organisation': 'number',
  ogrn: 'number',
  ogrnip: 'number',
  kpp: 'code',
  enp: 'number',
  'roman-series': 'roman',
  'driving-licence': 'licence',
  'vehicle-certificate': 'licence',
  plate: 'plate',
  'department-code': 'department',
};

/** The form of a kind, derived from its data. */
export const fieldsOf = (kind: DocumentKind): readonly RequisiteField[] =>
  kind.requisites.map((definition, place) => ({
    name: fieldName(definition.code),
    label: requisiteLabel(definition.code),
    hint: requisiteHint(kind, definition),
    optional: !definition.required,
    isDate: definition.type === 'date',
    isText: definition.type === 'text',
    options:
      definition.type === 'choices' ? definition.choices.map((choice) => ({ value: choice, text: choice })) : null,
    numeric: definition.type === 'number' || (definition.type === 'checked' && DIGITS_ONLY.includes(definition.check)),
    short: definition.type !== 'text' && definition.type !== 'free',
    format: formatOf(definition),
    parting: partingOf(definition, kind.requisites[place + 1]),
  }));

function formatOf(definition: RequisiteDefinition): string | null {
  if (definition.type === 'checked') return CHECK_FORMATS[definition.check];
  return definition.type === 'number' || definition.type === 'code' ? definition.type : null;
}

const partingOf = (definition: RequisiteDefinition, next: RequisiteDefinition | undefined): RequisiteField['parting'] =>
  definition.code === 'series' && definition.type === 'number' && next?.type === 'number'
    ? { digits: definition.length[1], rest: fieldKey(next.code) }
    : null;

/** Stored requisites as the form shows them: formatted, dates as people write them. */
export const typedOf = (kind: DocumentKind, requisites: Requisites): Record<string, string | string[]> =>
  Object.fromEntries(kind.requisites.flatMap((definition) => shown(definition, requisites[definition.code])));

function shown(definition: RequisiteDefinition, value: string | undefined): [string, string | string[]][] {
  if (value === undefined) return [];
  if (definition.type === 'date') return [[definition.code, value.split('-').reverse().join('.')]];
  if (definition.type === 'choices') return [[definition.code, value.split(',')]];
  return [[definition.code, formatRequisite(definition, value)]];
}

export interface RequisiteRow {
  readonly label: string;
  readonly value: string;
  readonly copy: boolean;
  readonly mono: boolean;
}

/** What the document says; its number is masked until it is asked for. Absent requisites have no row. */
export const rowsOf = (kind: DocumentKind, requisites: Requisites, revealed: boolean): readonly RequisiteRow[] =>
  kind.requisites.flatMap((definition) => {
    const value = requisites[definition.code];
    if (value === undefined) return [];
    const secret = isSecret(kind, definition);
    return [
      {
        label: requisiteLabel(definition.code),
        value: requisiteText(kind, definition.code, value, revealed),
        copy: secret && revealed,
        mono: secret,
      },
    ];
  });

/** One requisite for people; a part of the number is masked unless it is revealed. Null, an absent one, is said to be so. */
export function requisiteText(kind: DocumentKind, code: string, value: string | null, revealed: boolean): string {
  const definition = kind.requisites.find((requisite) => requisite.code === code);
  if (value === null) return 'не указано';
  if (!definition) return value;
  return isSecret(kind, definition) && !revealed ? maskRequisite(value) : printed(definition, value);
}

const isSecret = (kind: DocumentKind, { type, code }: RequisiteDefinition): boolean =>
  type !== 'date' && kind.numbering.includes(code);

/** What ESIA wrote against the pattern of the kind is printed as ESIA wrote it. */
function printed(definition: RequisiteDefinition, value: string): string {
  if (definition.type === 'date') return isCalendarDay(value) ? formatDate(value) : value;
  try {
    return formatRequisite(definition, value);
  } catch (error) {
    if (error instanceof InvalidRequisite) return value;
    throw error;
  }
}
