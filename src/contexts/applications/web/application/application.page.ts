import { type FormErrors } from '../../../../platform/http/read-form.js';
import { formatDate, formatDateTime } from '../../../../platform/views/format.js';
import { type OfferedDocument, type SavedDocument, type StoredFileInfo } from '../../../documents/public.js';
import { type ApplicationRecord } from '../../application/application-record.js';
import { mayMove } from '../../domain/application-transitions.js';
import { type StatusEntry } from '../../domain/status-entry.js';
import { cabinetGroups } from '../cabinet-groups.js';
import { waitingFile } from '../draft/field-view.js';
import { type AnswerForm, MAX_ANSWER_FILES } from './answer.form.js';

/** The form of an answer as it stands: what was typed, what may be attached, what is wrong. */
export interface AnswerState {
  readonly form: AnswerForm;
  readonly errors: FormErrors | null;
  /** Documents of the cabinet to choose files from, and the children whose they may be. */
  readonly cabinet: readonly OfferedDocument[];
  readonly children: readonly { readonly value: string; readonly label: string }[];
  /** Files an earlier try has uploaded. */
  readonly uploaded: readonly StoredFileInfo[];
}

/**
 * What `templates/applications/application.hbs` prints. `seen` is the number of lines of history that the refused form was written on; what
 * came after it is shown on top; `saved` is what the citizen has kept of its papers.
 */
export const applicationPage = (
  record: ApplicationRecord,
  saved: readonly SavedDocument[],
  answer: AnswerState | null,
  seen = record.history.length,
) => ({
  title: `${record.serviceTitle}, заявление ${record.registrationNumber}`,
  breadcrumb: [{ href: '/applications', text: 'Заявления' }, { text: record.registrationNumber }],
  ...recordParts(record),
  history: record.history.toReversed().map((entry) => lineOf(record, entry, saved)),
  next: nextOf(record),
  decision: decisionOf(record, saved),
  changes: record.history.slice(seen).toReversed(),
  withdrawHref: mayWithdraw(record) ? `/applications/${record.applicationId}/withdraw` : null,
  answering: answer && { question: record.history.findLast((entry) => entry.respondBy)?.comment, ...answerParts(answer) },
  form: answer && { ...answer.form, seen: record.history.length },
  errors: answer?.errors ?? null,
});

/** What `templates/applications/withdraw.hbs` prints. */
export const withdrawPage = (record: ApplicationRecord) => ({
  title: `Отозвать заявление ${record.registrationNumber}?`,
  breadcrumb: [
    { href: '/applications', text: 'Заявления' },
    { href: `/applications/${record.applicationId}`, text: record.registrationNumber },
    { text: 'Отзыв' },
  ],
  action: `/applications/${record.applicationId}/withdraw`,
  backHref: `/applications/${record.applicationId}`,
  seen: record.history.length,
  serviceTitle: record.serviceTitle,
  authorityTitle: record.authorityTitle,
  atOnce: mayMove(record.status, 'CANCELLED', 'APPLICANT'),
});

export const mayWithdraw = ({ status }: ApplicationRecord): boolean =>
  mayMove(status, 'CANCELLED', 'APPLICANT') || mayMove(status, 'CANCELLING', 'APPLICANT');

const recordParts = (record: ApplicationRecord) => ({
  number: record.registrationNumber,
  serviceTitle: record.serviceTitle,
  authorityTitle: record.authorityTitle,
  code: record.status,
  submittedAt: formatDateTime(record.submittedAt),
  answeredAt: record.answeredAt && formatDateTime(record.answeredAt),
  base: `/applications/${record.applicationId}`,
  answers: record.answers,
  files: record.files,
});

/** Message code, day and tone of what happens next. */
const nextOf = ({ status, respondBy, answerOverdue, dueAt, overdue }: ApplicationRecord) => {
  if (respondBy) return { code: answerOverdue ? 'applications.next-ANSWER_OVERDUE' : 'applications.next-AWAITING_INFO', day: formatDate(respondBy), tone: 'warning' };
  const day = formatDate(new Date(dueAt.getTime() - 1));
  if (overdue && status !== 'CANCELLING') return { code: 'applications.next-OVERDUE', day, tone: 'warning' };
  return { code: `applications.next-${status}`, day, tone: status === 'EXECUTED' ? 'success' : 'info' };
};

const decisionOf = (record: ApplicationRecord, saved: readonly SavedDocument[]) => {
  const { status, history } = record;
  const entry = status === 'EXECUTED' || status === 'REFUSED' ? history.at(-1) : undefined;
  return entry && {
    refused: status === 'REFUSED',
    reason: entry.comment,
    legalGround: entry.legalGround,
    attachments: lineOf(record, entry, saved).attachments,
  };
};

/** A line of history; each paper of the authority says below its last file whether it is kept or how to keep it. */
const lineOf = ({ applicationId }: ApplicationRecord, entry: StatusEntry, saved: readonly SavedDocument[]) => ({
  ...entry,
  attachments: entry.attachments.map((file) => {
    const paperId = file.signs ?? file.fileId;
    const isLast = !entry.attachments.some(({ signs }) => signs === file.fileId);
    if (entry.actor !== 'AUTHORITY' || !isLast) return { ...file, keepAction: null, kept: null };
    const kept = saved.find(({ fileId }) => fileId === paperId);
    return {
      ...file,
      paper: entry.attachments.find(({ fileId }) => fileId === paperId)?.name,
      keepAction: kept ? null : `/applications/${applicationId}/files/${paperId}/keep`,
      kept: kept ? { on: formatDate(kept.savedAt), href: `/documents/electronic/${kept.documentId}` } : null,
    };
  }),
});

const answerParts = ({ form, errors, cabinet, children, uploaded }: AnswerState) => ({
  mostFiles: MAX_ANSWER_FILES,
  uploaded: uploaded.map(waitingFile),
  cabinetOpen: form.cabinetFiles.length > 0,
  // The summary leads to the first group, which tells the refusal for all.
  cabinetGroups: cabinetGroups(cabinet, { taken: new Set(form.uploaded), children, firstId: 'cabinetFiles' }).map((group, index) => ({
    ...group,
    error: index === 0 ? (errors?.fields['cabinetFiles'] ?? '') : '',
  })),
});
