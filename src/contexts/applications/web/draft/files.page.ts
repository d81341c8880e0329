import { type FormErrors } from '../../../../platform/http/read-form.js';
import { plural } from '../../../../platform/views/format.js';
import { type OfferedDocument, type Unfitness } from '../../../documents/public.js';
import { type DraftView } from '../../application/draft.query.js';
import { asFiles } from '../../domain/answers.js';
import { type Field, type Step } from '../../domain/form-definition.js';
import { cabinetGroups, whoseIs } from '../cabinet-groups.js';
import { draftBreadcrumb, stepHref } from './step.page.js';

/** Why nothing of a document can be attached, and what to do. */
const UNFIT: Readonly<Record<Unfitness, string>> = {
  EXPIRED: 'Срок действия закончился. Добавьте новый документ',
  CONTRADICTS_ESIA: 'Сведения не совпадают с Госуслугами. Сверьте документ',
  NO_FILES: 'Скан не приложен. Добавьте его к документу',
  OTHER_FORMAT: 'Скан другого формата. Приложите его в одном из подходящих',
  BEING_SCANNED: 'Скан проверяется на вирусы. Вернитесь через несколько минут',
  INFECTED: 'В скане найден вирус. Замените его',
};

/** What `templates/applications/draft-cabinet.hbs` prints: documents with the files that the field takes; those already taken are left out. */
export function cabinetPage(draft: DraftView, step: Step, field: Field, documents: readonly OfferedDocument[], errors: FormErrors | null) {
  const taken = new Set(asFiles(draft.answers[field.name]).map(({ fileId }) => fileId));
  const { children } = draft.around.facts;
  const groups = cabinetGroups(documents, { taken, children, firstId: 'files' });
  return {
    title: 'Файлы из личного кабинета',
    breadcrumb: draftBreadcrumb(draft, 'Файлы из личного кабинета'),
    label: field.label,
    count: plural(groups.flatMap(({ options }) => options).length, 'файл подходит', 'файла подходят', 'файлов подходит'),
    // The summary leads to the first group, which tells the refusal for all.
    groups: groups.map((group, index) => ({ ...group, error: index === 0 ? (errors?.fields['files'] ?? '') : '' })),
    unfit: documents.flatMap((document) =>
      document.unfit
        ? [{ title: document.title, number: document.number, whose: whoseIs(document, children), reason: UNFIT[document.unfit], href: hrefOf(document) }]
        : [],
    ),
    action: `/drafts/${draft.id}/files/${field.name}/cabinet`,
    backHref: stepHref(draft.id, step.code),
    form: {},
    errors,
  };
}

const hrefOf = ({ kindCode, documentId }: OfferedDocument): string =>
  kindCode === null ? `/documents/electronic/${documentId}` : `/documents/${documentId}`;
