import { type AccountLevel } from '../../../../kernel/account-level.js';
import { type FormErrors } from '../../../../platform/http/read-form.js';
import { formatDateTime, formatTime } from '../../../../platform/views/format.js';
import { type StoredFileInfo } from '../../../documents/public.js';
import { type DraftView } from '../../application/draft.query.js';
import { type FilledStep } from '../../domain/filled-form.js';
import { admissionWords, levelWarning } from '../service/service.page.js';
import { faultWords } from './fault-words.js';
import { anchorOf, fieldView, waitingFile } from './field-view.js';

export interface StepPageOptions {
  readonly level: AccountLevel;
  /** The citizen came from the check page and goes back there. */
  readonly fromCheck: boolean;
  /** Say what is wrong: after a refused «Продолжить» and on the way back from the check page. */
  readonly withFaults: boolean;
  /** Sentences by field name, from elsewhere: a refused upload. */
  readonly refusals?: Readonly<Record<string, string>>;
  /** Files by field name that came with a refused form and are not attached yet. */
  readonly waiting?: Readonly<Record<string, readonly StoredFileInfo[]>>;
}

/** What `templates/applications/draft-step.hbs` prints. */
export function stepPage(draft: DraftView, filled: FilledStep, { level, fromCheck, withFaults, refusals = {}, waiting = {} }: StepPageOptions) {
  const { definition, steps } = draft.form;
  const place = steps.findIndex(({ step }) => step.code === filled.step.code);
  const errors = withFaults || Object.keys(refusals).length > 0 ? errorsOf(filled, withFaults, refusals) : null;
  const before = steps[place - 1];
  const fields = filled.fields.map((field) => ({ ...fieldView(field, draft), waiting: waiting[field.field.name]?.map(waitingFile), error: field.field.readOnly ? errors?.fields[anchorOf(field.field)] : undefined }));
  return {
    title: `${filled.step.title}: ${definition.title}`,
    breadcrumb: draftBreadcrumb(draft, filled.step.title),
    serviceTitle: definition.title,
    heading: filled.step.title,
    intro: filled.step.intro,
    place: { text: `Шаг ${place + 1} из ${steps.length + 1}`, value: place + 1, max: steps.length + 1 },
    steps: stepList(draft, filled.step.code),
    warning: levelWarning(definition.service.requiredLevel, level),
    admission: admissionWords(draft.admission, draft.asOf),
    action: stepHref(draft.id, filled.step.code),
    autosaveAction: `/drafts/${draft.id}/steps/${filled.step.code}/autosave`,
    version: draft.version,
    seenAt: draft.updatedAt.toISOString(),
    savedAt: formatTime(draft.updatedAt),
    from: fromCheck ? 'check' : null,
    backHref: fromCheck ? `/drafts/${draft.id}/check` : before ? stepHref(draft.id, before.step.code) : `/services/${definition.service.code}`,
    deleteHref: `/drafts/${draft.id}/delete`,
    offersRequisites: fields.some((field) => 'requisites' in field && field.requisites?.offers.length),
    ofFiles: filled.fields.some(({ field }) => field.type === 'fileList'),
    fields,
    form: {},
    errors,
  };
}

export const stepHref = (draftId: string, step: string): string => `/drafts/${draftId}/steps/${step}`;

export const draftBreadcrumb = ({ form }: DraftView, here: string) => [
  { href: '/applications/drafts', text: 'Черновики' },
  { href: `/services/${form.definition.service.code}`, text: form.definition.title },
  { text: here },
];

/** All pages of the form with how far they are; the last one is the check. */
export function stepList(draft: DraftView, current: string | null) {
  const pages = draft.form.steps.map(({ step }) => ({
    text: step.title,
    href: stepHref(draft.id, step.code),
    state: step.code === current ? 'current' : draft.form.isDone(step.code) ? 'done' : 'todo',
  }));
  return [...pages, { text: 'Проверка и отправка', href: `/drafts/${draft.id}/check`, state: current === null ? 'current' : 'todo' }];
}

function errorsOf(filled: FilledStep, withFaults: boolean, refusals: Readonly<Record<string, string>>): FormErrors | null {
  const sentences = filled.fields.flatMap(({ field, fault }) => {
    const refusal = refusals[field.name];
    if (refusal) return [[anchorOf(field), refusal] as const];
    return fault && withFaults ? [[anchorOf(field, fault.part), faultWords(field, fault)] as const] : [];
  });
  if (sentences.length === 0) return null;
  return { summary: sentences.map(([anchor, text]) => ({ text, href: `#${anchor}` })), fields: Object.fromEntries(sentences) };
}

/** What `templates/applications/draft-conflict.hbs` prints: both versions and what was typed, so that it can become a copy. */
export const conflictPage = (draft: DraftView, step: string, seenAt: string | undefined, answers: Readonly<Record<string, unknown>>) => ({
  title: 'Черновик изменён в другом окне',
  breadcrumb: draftBreadcrumb(draft, 'Черновик изменён'),
  seenAt: seenAt ? formatDateTime(seenAt) : null,
  storedAt: formatDateTime(draft.updatedAt),
  loadHref: stepHref(draft.id, step),
  copyAction: `/drafts/${draft.id}/copy`,
  step,
  typed: flat('answers', answers),
});

/** Nested answers as the names and values of a form. */
const flat = (name: string, value: unknown): readonly { readonly name: string; readonly value: string }[] => {
  if (typeof value === 'string') return [{ name, value }];
  if (Array.isArray(value)) return value.flatMap((line) => flat(name, line));
  if (value !== null && typeof value === 'object') return Object.entries(value).flatMap(([part, inner]) => flat(`${name}[${part}]`, inner));
  return [];
};
