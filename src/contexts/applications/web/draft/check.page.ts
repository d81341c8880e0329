import { type AccountLevel } from '../../../../kernel/account-level.js';
import { type FormErrors } from '../../../../platform/http/read-form.js';
import { formatDateTime } from '../../../../platform/views/format.js';
import { type DraftView } from '../../application/draft.query.js';
import { MAX_FILES } from '../../domain/filled-form.js';
import { admissionWords, levelWarning } from '../service/service.page.js';
import { faultWords } from './fault-words.js';
import { anchorOf } from './field-view.js';
import { draftBreadcrumb, stepHref, stepList } from './step.page.js';

/** What `templates/applications/draft-check.hbs` prints. `conflict`: the draft was changed after `seenAt`, so it has to be looked at again. */
export function checkPage(draft: DraftView, level: AccountLevel, options: { readonly conflict?: boolean; readonly seenAt?: string } = {}) {
  const { form } = draft;
  const errors = errorsOf(draft);
  return {
    title: `Проверка и отправка: ${form.definition.title}`,
    breadcrumb: draftBreadcrumb(draft, 'Проверка и отправка'),
    serviceTitle: form.definition.title,
    authorityTitle: form.authority.title,
    steps: stepList(draft, null),
    errors,
    conflict: options.conflict ? { seenAt: options.seenAt ? formatDateTime(options.seenAt) : null, storedAt: formatDateTime(draft.updatedAt) } : null,
    warning: levelWarning(form.definition.service.requiredLevel, level),
    admission: admissionWords(draft.admission, draft.asOf),
    warnings: form.steps.flatMap(({ fields }) => fields.flatMap(({ warnings }) => warnings)),
    sections: form.steps.map(({ step, fields }) => ({
      heading: step.title,
      href: `${stepHref(draft.id, step.code)}?from=check`,
      rows: fields.map(({ field, text }) => ({ label: field.label, value: text })),
    })),
    submitAction: `/drafts/${draft.id}/submit`,
    deleteHref: `/drafts/${draft.id}/delete`,
    backHref: stepHref(draft.id, form.steps.at(-1)!.step.code),
    version: draft.version,
    seenAt: draft.updatedAt.toISOString(),
  };
}

function errorsOf({ id, form }: DraftView): FormErrors | null {
  const stepOf = (name: string) => form.steps.find(({ fields }) => fields.some(({ field }) => field.name === name))?.step.code;
  const summary = [
    ...form.faults.map(({ step, field, fault }) => ({
      text: faultWords(field, fault),
      href: `${stepHref(id, step)}?from=check#${anchorOf(field, fault.part)}`,
    })),
    ...form.brokenRules.map(({ field, message }) => ({ text: message, href: `${stepHref(id, stepOf(field) ?? form.steps[0]!.step.code)}?from=check#answers.${field}` })),
    ...(form.tooManyFiles ? [{ text: `К заявлению можно приложить не больше ${MAX_FILES} файлов. Уберите лишние`, href: '' }] : []),
  ];
  return summary.length > 0 ? { summary, fields: {} } : null;
}
