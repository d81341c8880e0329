import { formatDate } from '../../../platform/views/format.js';
import { formErrors, type FormErrors } from '../../../platform/http/read-form.js';
import { maskRequisite } from '../../../kernel/requisite.js';
import { type DocumentKind } from '../domain/document-kinds.js';
import { DocumentExpired, InvalidRequisites } from '../domain/personal-document.errors.js';
import { type RequisiteDefinition } from '../domain/requisite-definition.js';
import { formatRequisite, type Requisites } from '../domain/requisite-reading.js';
import { faultSentence, requisiteHint, requisiteLabel } from './requisite-words.js';

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
}

const fieldName = (code: string): string => `requisites[${code}]`;
/** The form's error summary links to the ids that the field helper makes of names. */
const fieldKey = (code: string): string => `requisites.${code}`;
const DIGITS_ONLY = ['snils', 'inn-person', 'inn-organisation', 'ogrn', 'ogrnip', 'enp', 'department-code'];

/** The form of a kind, derived from its data. */
export const fieldsOf = (kind: DocumentKind): readonly RequisiteField[] =>
  kind.requisites.map((definition) => ({
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
  }));

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
    const secret = definition.type !== 'date' && kind.numbering.includes(definition.code);
    const text = definition.type === 'date' ? formatDate(value) : formatRequisite(definition, value);
    return [
      {
        label: requisiteLabel(definition.code),
        value: secret && !revealed ? maskRequisite(value) : text,
        copy: secret && revealed,
        mono: secret,
      },
    ];
  });

/** The refusals a citizen can mend, as errors at the fields; null for any other error. */
export function requisiteErrors(kind: DocumentKind, error: unknown): FormErrors | null {
  if (error instanceof InvalidRequisites) {
    return formErrors(
      Object.fromEntries(
        Object.entries(error.faults).map(([code, fault]) => [fieldKey(code), faultSentence(kind, code, fault)]),
      ),
    );
  }
  if (error instanceof DocumentExpired) {
    const code = kind.expiry === 'EXPLICIT' ? 'expiryDate' : 'issueDate';
    const lastDay = formatDate(String(error.details['expiresOn']));
    return formErrors({
      [fieldKey(code)]: `Срок действия истёк ${lastDay}. Документ с истёкшим сроком добавить нельзя`,
    });
  }
  return null;
}
