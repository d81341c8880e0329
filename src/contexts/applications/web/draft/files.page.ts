import { type FormErrors } from '../../../../platform/http/read-form.js';
import { formatFileSize, plural } from '../../../../platform/views/format.js';
import { type AttachableFile } from '../../../documents/public.js';
import { type DraftView } from '../../application/draft.query.js';
import { asFiles } from '../../domain/answers.js';
import { type Field, type Step } from '../../domain/form-definition.js';
import { draftBreadcrumb, stepHref } from './step.page.js';

/** What `templates/applications/draft-cabinet.hbs` prints: files of the cabinet that the field takes, those already taken left out. */
export function cabinetPage(draft: DraftView, step: Step, field: Field, files: readonly AttachableFile[], errors: FormErrors | null) {
  const taken = new Set(asFiles(draft.answers[field.name]).map(({ fileId }) => fileId));
  const offered = files.filter(({ fileId }) => !taken.has(fileId));
  return {
    title: 'Файлы из личного кабинета',
    breadcrumb: draftBreadcrumb(draft, 'Файлы из личного кабинета'),
    label: field.label,
    count: plural(offered.length, 'файл подходит', 'файла подходят', 'файлов подходит'),
    options: offered.map(({ fileId, name, bytes, documentTitle }) => ({ value: fileId, text: name, hint: `${documentTitle} · ${formatFileSize(bytes)}` })),
    action: `/drafts/${draft.id}/files/${field.name}/cabinet`,
    backHref: stepHref(draft.id, step.code),
    form: {},
    errors,
  };
}
