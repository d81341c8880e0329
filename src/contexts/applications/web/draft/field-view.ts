import { isDeepStrictEqual } from 'node:util';
import { isCalendarDay } from '../../../../kernel/legal-day.js';
import { formatFileSize, formatShortDate } from '../../../../platform/views/format.js';
import { type StoredFileInfo } from '../../../documents/public.js';
import { type DraftView } from '../../application/draft.query.js';
import { asFiles, asLine, asLines, asParts } from '../../domain/answers.js';
import { type KnownDocument } from '../../domain/applicant-facts.js';
import { choicesOf } from '../../domain/field-reading.js';
import { type FilledField } from '../../domain/filled-form.js';
import { type Choice, type Field, mostFilesOf } from '../../domain/form-definition.js';
import { answerFrom, fittingDocuments } from '../../domain/prefill.js';

/** More choices than this are a list to open, not a column of buttons. */
const RADIOS_AT_MOST = 8;
const CABINET_EXTENSIONS = ['jpg', 'jpeg', 'tiff', 'pdf', 'sig', 'psp', 'doc', 'xls', 'docx', 'xlsx'];

const INPUTS: Partial<Record<Field['type'], object>> = {
  string: {},
  integer: { inputmode: 'numeric', width: 'short' },
  phone: { type: 'tel', inputmode: 'tel', width: 'medium', format: 'phone' },
  email: { type: 'email', inputmode: 'email', spellcheck: 'false' },
  snils: { inputmode: 'numeric', width: 'medium', mono: true, format: 'snils' },
};

/** Id of the first thing to type for a field or one of its parts: where the error summary leads. */
export const anchorOf = ({ name, type }: Field, part?: string): string => {
  const first = type === 'address' ? 'line' : type === 'documentRef' ? 'number' : null;
  return ['answers', name, part ?? first].filter(Boolean).join('.');
};

/** What `templates/applications/_field.hbs` prints; `is` picks the control. */
export function fieldView(filled: FilledField, draft: DraftView) {
  const { field, required, text, fault, warnings } = filled;
  const answer = draft.answers[field.name];
  const name = `answers[${field.name}]`;
  const common = { name, label: field.label, hint: field.hint, optional: !required, autocomplete: field.autocomplete, warnings, requisites: requisitesView(filled, draft) };
  const options = () => choicesOf(field, draft.around, draft.form.scope).map(optionOf);
  if (field.readOnly || field.type === 'computed') return { ...common, is: 'shown', id: anchorOf(field), value: text };
  const input = INPUTS[field.type];
  if (input) return { ...common, ...input, is: 'input', maxlength: field.maxLength, value: fault === null && text !== '' ? text : asLine(answer) };
  switch (field.type) {
    case 'text':
      return { ...common, is: 'textarea', rows: 8, maxlength: field.maxLength, value: asLine(answer) };
    case 'date':
      return { ...common, is: 'date', value: shownDay(asLine(answer)) };
    case 'consent':
      return { ...common, is: 'checkbox', value: asLine(answer) === 'true' ? 'true' : '' };
    case 'boolean':
      return { ...common, is: 'radios', inline: true, value: asLine(answer), options: listed(draft, 'yesNo') };
    case 'address': {
      const { line = '', district = '' } = asParts(answer);
      const districts = field.optionsFrom ? { name: `${name}[district]`, value: district, options: listed(draft, field.optionsFrom) } : null;
      return { ...common, is: 'address', line: { name: `${name}[line]`, value: line }, district: districts };
    }
    case 'documentRef': {
      const { kind = '', series = '', number = '', issueDate = '', issuedBy = '' } = asParts(answer);
      const parts = { kind, series, number, issueDate: shownDay(issueDate), issuedBy };
      return { ...common, is: 'document', parts: Object.fromEntries(Object.entries(parts).map(([part, value]) => [part, { name: `${name}[${part}]`, value }])), options: options() };
    }
    case 'fileList':
      return { ...common, ...filesView(field, draft) };
    default: {
      const choices = options();
      const chosen = { ...common, options: choices, missing: choices.length === 0 ? whereToAdd(field) : null };
      if (field.multiple) return { ...chosen, is: 'checkboxes', value: asLines(answer) };
      return { ...chosen, is: choices.length > RADIOS_AT_MOST ? 'select' : 'radios', placeholder: 'Выберите из списка', value: asLine(answer) };
    }
  }
}

/** «Подставить из личного кабинета»: documents that answer the question, and the one that the answer was taken from. */
function requisitesView({ field, value }: FilledField, { answers, form, around }: DraftView) {
  const documents = fittingDocuments(field, answers, form.definition, around.facts);
  if (documents.length === 0) return null;
  const words = ({ title, maskedNumber, childId }: KnownDocument) => {
    const child = around.facts.children.find(({ value }) => value === childId)?.label;
    return [`${title} ${maskedNumber}`, child].filter(Boolean).join(', ');
  };
  const taken = documents.find((document) => isDeepStrictEqual(answerFrom(field, document), value));
  return {
    id: `requisites-${field.name}`,
    taken: taken ? words(taken) : null,
    offers: documents.filter((document) => document !== taken).map((document) => ({ value: `${field.name}/${document.documentId}`, text: words(document) })),
  };
}

const optionOf = ({ value, label, hint }: Choice) => ({ value, text: label, hint });

const listed = ({ around }: DraftView, list: string) => (around.directories[list] ?? []).map(({ code, title }) => ({ value: code, text: title }));

const shownDay = (typed: string): string => (isCalendarDay(typed) ? formatShortDate(typed) : typed);

const whereToAdd = ({ type }: Field) =>
  type === 'childRef'
    ? { text: 'В вашей учётной записи Госуслуг нет сведений о детях.', href: '/profile', action: 'Добавить сведения о ребёнке' }
    : type === 'vehicleRef'
      ? { text: 'В личных данных нет ни одной машины.', href: '/profile/vehicles/new', action: 'Добавить машину' }
      : { text: 'Сначала ответьте на предыдущие вопросы: список зависит от них.', href: null, action: null };

function filesView(field: Field, { id, answers, around }: DraftView) {
  const files = asFiles(answers[field.name]);
  const extensions = field.extensions ?? CABINET_EXTENSIONS;
  const action = `/drafts/${id}/files/${field.name}`;
  return {
    is: 'files',
    id: anchorOf(field),
    files: files.map(({ fileId, name, extension, bytes }) => ({
      name,
      size: formatFileSize(bytes),
      ...(around.filesAtHand?.has(fileId) ? addressesOf(fileId, extension) : { note: 'Файл удалён из личного кабинета' }),
      removeAction: `${action}/${fileId}/remove`,
    })),
    full: files.length >= mostFilesOf(field),
    most: mostFilesOf(field),
    several: mostFilesOf(field) - files.length > 1,
    accept: extensions.map((extension) => `.${extension}`).join(','),
    kinds: extensions.join(', '),
    uploadAction: action,
    cabinetHref: field.fromCabinet ? `${action}/cabinet` : null,
  };
}

/** A file in the field for uploads that is not part of the draft yet. */
export const waitingFile = ({ fileId, name, bytes, scan }: StoredFileInfo) => ({ fileId, name, size: formatFileSize(bytes), href: `/files/${fileId}`, scan });

const addressesOf = (fileId: string, extension: string) => ({
  href: `/files/${fileId}`,
  pictureHref: ['jpg', 'jpeg'].includes(extension) ? `/files/${fileId}/preview` : null,
});
