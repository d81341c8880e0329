import { InvalidRequisite, type RequisiteFault } from '../../../kernel/invalid-requisite.js';
import { addDays, isCalendarDay } from '../../../kernel/legal-day.js';
import { Phone } from '../../../kernel/phone.js';
import { normaliseFreeNumber, normaliseText, type Requisite } from '../../../kernel/requisite.js';
import { RomanSeries } from '../../../kernel/roman-series.js';
import { Snils } from '../../../kernel/snils.js';
import { type AnswerValue } from './answer-snapshot.js';
import { type Answer, asFiles, asLine, asLines, asParts } from './answers.js';
import { type ApplicantFacts } from './applicant-facts.js';
import { type Directories, titleIn } from './directories.js';
import { evaluate, type Scope } from './expression.js';
import { type Choice, type Field, type FieldType } from './form-definition.js';

/** What a form is read against. */
export interface Surroundings {
  /** `YYYY-MM-DD` in Moscow. */
  readonly today: string;
  readonly facts: ApplicantFacts;
  readonly directories: Directories;
  /** Files of the citizen that still exist; null when that was not looked up. */
  readonly filesAtHand: ReadonlySet<string> | null;
}

type RequisiteFaultCode = 'empty' | 'bad-length' | 'bad-characters' | 'bad-check-digit' | 'impossible-value';

/** All that can be wrong with an answer. */
export type FaultCode =
  | 'required'
  | 'unknown-to-portal'
  | 'child-not-chosen'
  | 'must-agree'
  | 'file-required'
  | 'too-short'
  | 'too-long'
  | 'not-a-number'
  | 'too-small'
  | 'too-big'
  | 'not-a-date'
  | 'date-passed'
  | 'date-ahead'
  | 'date-too-far'
  | 'not-an-option'
  | 'not-yours'
  | 'too-few'
  | 'too-many'
  | 'not-an-email'
  | `phone-${RequisiteFaultCode}`
  | `snils-${RequisiteFaultCode}`
  | 'address-short'
  | 'address-district'
  | 'document-kind'
  | 'document-series'
  | 'document-number'
  | 'document-date'
  | 'document-issuer'
  | 'file-gone'
  | 'file-kind'
  | 'too-few-files'
  | 'too-many-files';

/** Why an answer cannot be taken. The words are found by `code`; `part` names the line of an answer of several lines. */
export interface Fault {
  readonly code: FaultCode;
  readonly part?: string;
  readonly limit?: number;
}

/** An answer as read: nothing, a value with its words, or a fault. */
export type Reading = { readonly value: AnswerValue; readonly text: string } | { readonly fault: Fault } | null;

type Reader = (answer: Answer | undefined, field: Field, around: Surroundings, scope: Scope) => Reading;

/** Reads one answer by the type of its field. Null means that nothing was answered. */
export const readAnswer: Reader = (answer, field, around, scope) => readers[field.type](answer, field, around, scope);

/** What a field that offers a choice offers now; `scope` holds the answers before it. */
export function choicesOf(field: Field, around: Surroundings, scope: Scope): readonly Choice[] {
  if (field.type === 'childRef') return around.facts.children;
  if (field.type === 'vehicleRef') return around.facts.vehicles;
  if (field.type === 'documentRef') return listed(around, 'documentKinds').filter(({ value }) => field.kinds?.includes(value));
  if (field.options) return field.options;
  const list = field.type === 'schoolRef' ? 'schools' : field.optionsFrom;
  if (!list) return [];
  const parent = field.filterBy === undefined ? undefined : evaluate(field.filterBy, scope);
  return listed(around, list, parent);
}

const listed = ({ directories }: Surroundings, list: string, parent?: unknown): readonly Choice[] =>
  (directories[list] ?? [])
    .filter((entry) => parent === undefined || entry.parent === parent)
    .map(({ code, title, hint }) => ({ value: code, label: title, ...(hint === null ? {} : { hint }) }));

const fault = (code: FaultCode, more: Omit<Fault, 'code'> = {}): Reading => ({ fault: { code, ...more } });

const DEFAULT_LENGTH = 255;
const LONG_TEXT = 4000;
const EMAIL = /^[^\s@<>()",;:\\]+@[^\s@<>()",;:\\]+\.[\p{L}\d-]{2,}$/u;

const line =
  (longest: number): Reader =>
  (answer, { minLength = 0, maxLength = longest }) => {
    const text = longest === LONG_TEXT ? asLine(answer).replace(/\r\n/g, '\n').trim() : normaliseText(asLine(answer));
    if (text === '') return null;
    if ([...text].length < minLength) return fault('too-short', { limit: minLength });
    if ([...text].length > maxLength) return fault('too-long', { limit: maxLength });
    return { value: text, text };
  };

const REQUISITE_FAULTS: Readonly<Record<RequisiteFault, RequisiteFaultCode>> = {
  EMPTY: 'empty',
  BAD_LENGTH: 'bad-length',
  BAD_CHARACTERS: 'bad-characters',
  BAD_CHECK_DIGIT: 'bad-check-digit',
  IMPOSSIBLE_VALUE: 'impossible-value',
};

const requisite =
  (name: 'phone' | 'snils', parse: (text: string) => Requisite): Reader =>
  (answer) => {
    const typed = asLine(answer).trim();
    if (typed === '') return null;
    try {
      const { value, formatted } = parse(typed);
      return { value, text: formatted };
    } catch (error) {
      if (error instanceof InvalidRequisite) return fault(`${name}-${REQUISITE_FAULTS[error.reason]}`);
      throw error;
    }
  };

const longDay = new Intl.DateTimeFormat('ru-RU', { dateStyle: 'long', timeZone: 'UTC' });
const dayText = (day: string): string => longDay.format(Date.parse(`${day}T00:00:00Z`));

const day: Reader = (answer, { notBefore, notAfter, daysAhead }, { today }) => {
  const typed = asLine(answer).trim();
  if (typed === '') return null;
  const value = typed.replace(/^(\d{1,2})[\s./-](\d{1,2})[\s./-](\d{4})$/, (_, d: string, m: string, y: string) => `${y}-${m.padStart(2, '0')}-${d.padStart(2, '0')}`);
  if (!isCalendarDay(value) || value < '1900-01-01') return fault('not-a-date');
  if (notBefore && value < today) return fault('date-passed');
  if (notAfter && value > today) return fault('date-ahead');
  if (daysAhead !== undefined && value > addDays(today, daysAhead)) return fault('date-too-far', { limit: daysAhead });
  return { value, text: dayText(value) };
};

const chosen: Reader = (answer, field, around, scope) => {
  const codes = [...new Set(asLines(answer))];
  const [first] = codes;
  if (first === undefined) return null;
  const choices = choicesOf(field, around, scope);
  const picked = choices.filter(({ value }) => codes.includes(value));
  if (picked.length < codes.length) return fault(field.type === 'childRef' || field.type === 'vehicleRef' ? 'not-yours' : 'not-an-option');
  const text = picked.map(({ label }) => label).join('; ');
  if (!field.multiple) return picked.length === 1 ? { value: first, text } : fault('not-an-option');
  if (picked.length < (field.min ?? 0)) return fault('too-few', { limit: field.min });
  if (picked.length > (field.max ?? Infinity)) return fault('too-many', { limit: field.max });
  return { value: picked.map(({ value }) => value), text };
};

const yesOrNo: Reader = (answer, _field, { directories }) => {
  const typed = asLine(answer);
  if (typed === '') return null;
  if (typed !== 'true' && typed !== 'false') return fault('not-an-option');
  return { value: typed === 'true', text: titleIn(directories, 'yesNo', typed) };
};

const wholeNumber: Reader = (answer, { min = 0, max = Number.MAX_SAFE_INTEGER }) => {
  const typed = asLine(answer).replace(/\s/gu, '');
  if (typed === '') return null;
  if (!/^-?\d{1,15}$/.test(typed)) return fault('not-a-number');
  const value = Number(typed);
  if (value < min) return fault('too-small', { limit: min });
  return value > max ? fault('too-big', { limit: max }) : { value, text: String(value) };
};

const address: Reader = (answer, field, around): Reading => {
  const { line: typed = '', district = '' } = asParts(answer);
  const where = normaliseText(typed);
  if (where === '' && district === '') return null;
  if ([...where].length < 10) return fault('address-short', { part: 'line' });
  if ([...where].length > (field.maxLength ?? DEFAULT_LENGTH)) return fault('too-long', { part: 'line', limit: field.maxLength ?? DEFAULT_LENGTH });
  if (!field.optionsFrom) return { value: { line: where }, text: where };
  if (!around.directories[field.optionsFrom]?.some(({ code }) => code === district)) return fault('address-district', { part: 'district' });
  return { value: { line: where, district }, text: `${where} (${titleIn(around.directories, field.optionsFrom, district)})` };
};

const documentOfKind: Reader = (answer, field, around, scope) => {
  const { kind = '', series = '', number = '', issueDate = '', issuedBy = '' } = asParts(answer);
  if ([series, number, issueDate, issuedBy].every((part) => part.trim() === '')) return null;
  const kindTitle = choicesOf(field, around, scope).find(({ value }) => value === kind)?.label;
  if (!kindTitle) return fault('document-kind', { part: 'kind' });
  const russian = kind === 'RF_BIRTH_CERTIFICATE';
  const seriesRead = russian ? romanSeries(series) : normaliseFreeNumber(series);
  if (seriesRead === null || seriesRead.length > 10) return fault('document-series', { part: 'series' });
  const numberRead = normaliseFreeNumber(number);
  if (!(russian ? /^\d{6}$/ : /^[0-9A-ZА-ЯЁ/ -]{1,25}$/u).test(numberRead)) return fault('document-number', { part: 'number' });
  const issued = day(issueDate, { ...field, notAfter: 'today' }, around, scope);
  if (!issued || 'fault' in issued) return fault('document-date', { part: 'issueDate' });
  const by = normaliseText(issuedBy);
  if (russian ? by.length < 3 || by.length > 255 : by.length > 255) return fault('document-issuer', { part: 'issuedBy' });
  return {
    value: { kind, series: seriesRead, number: numberRead, issueDate: issued.value, issuedBy: by },
    text: [kindTitle, [seriesRead, numberRead].filter(Boolean).join(' '), issued.text, by].filter(Boolean).join(', '),
  };
};

const romanSeries = (text: string): string | null => {
  try {
    return RomanSeries.parse(text).value;
  } catch (error) {
    if (error instanceof InvalidRequisite) return null;
    throw error;
  }
};

const files: Reader = (answer, { extensions, min = 0, max = 10 }, { filesAtHand }) => {
  const attached = asFiles(answer);
  if (attached.length === 0) return null;
  if (filesAtHand && attached.some(({ fileId }) => !filesAtHand.has(fileId))) return fault('file-gone');
  if (extensions && attached.some(({ extension }) => !extensions.includes(extension))) return fault('file-kind');
  if (attached.length < min) return fault('too-few-files', { limit: min });
  if (attached.length > max) return fault('too-many-files', { limit: max });
  return { value: attached.map(({ fileId }) => fileId), text: attached.map(({ name }) => name).join(', ') };
};

const computed: Reader = (_answer, field, { directories }, scope) => {
  const value = evaluate(field.expression ?? null, scope);
  if (value === null) return null;
  return { value, text: typeof value === 'boolean' ? titleIn(directories, 'yesNo', String(value)) : String(value) };
};

const readers: Readonly<Record<FieldType, Reader>> = {
  string: line(DEFAULT_LENGTH),
  text: line(LONG_TEXT),
  integer: wholeNumber,
  date: day,
  boolean: yesOrNo,
  enum: chosen,
  address,
  phone: requisite('phone', (text) => Phone.parse(text)),
  email: (answer, field, around, scope) => {
    const read = line(DEFAULT_LENGTH)(answer, field, around, scope);
    return read && 'text' in read && !EMAIL.test(read.text) ? fault('not-an-email') : read;
  },
  snils: requisite('snils', (text) => Snils.parse(text)),
  childRef: chosen,
  vehicleRef: chosen,
  documentRef: documentOfKind,
  schoolRef: chosen,
  fileList: files,
  computed,
  consent: (answer, field, around, scope) => {
    const read = yesOrNo(answer, field, around, scope);
    return read && 'value' in read && read.value === false ? null : read;
  },
};
