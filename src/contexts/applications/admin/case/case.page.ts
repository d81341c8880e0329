import { type FormErrors } from '../../../../platform/http/read-form.js';
import { formatDate, formatDateTime, formatFileSize, formatShortDate } from '../../../../platform/views/format.js';
import { isCalendarDay } from '../../../../kernel/legal-day.js';
import { type StoredFileInfo } from '../../../documents/public.js';
import { type ApplicationRecord } from '../../application/application-record.js';
import { mayMove } from '../../domain/application-transitions.js';
import { type AnyCaseForm } from './case.form.js';

/** Names of the file inputs of a form that brings a paper. */
export interface PaperFields {
  readonly file: string;
  readonly signature: string;
  readonly required: boolean;
}

export const NOTICE: PaperFields = { file: 'noticeFile', signature: 'noticeSignature', required: false };
export const DECISION: PaperFields = { file: 'file', signature: 'signature', required: true };

/** Files that a refused try has brought. */
export interface UploadedPaper {
  readonly file: StoredFileInfo | null;
  readonly signature: StoredFileInfo | null;
}

/** What was just tried on the page and refused. */
export interface CaseAttempt {
  readonly form: AnyCaseForm;
  readonly errors: FormErrors | null;
  /** Lines of history the form was written on; what came later is shown on top. */
  readonly seen?: number;
  /** Of a form that brings a paper: its inputs and what the refused try has brought. */
  readonly fields?: PaperFields;
  readonly paper?: UploadedPaper;
}

/** What `templates/applications/case.hbs` prints. */
export const casePage = (record: ApplicationRecord, { form, errors, seen, fields, paper }: CaseAttempt = { form: {}, errors: null }) => ({
  title: `${record.serviceTitle}, заявление ${record.registrationNumber}`,
  breadcrumb: [{ href: '/office/queue', text: 'Очередь заявлений' }, { text: record.registrationNumber }],
  base: `/office/applications/${record.applicationId}`,
  number: record.registrationNumber,
  serviceTitle: record.serviceTitle,
  code: record.status,
  submittedAt: formatDateTime(record.submittedAt),
  dueOn: formatDate(new Date(record.dueAt.getTime() - 1)),
  overdue: record.overdue,
  answeredAt: record.answeredAt && formatDateTime(record.answeredAt),
  respondBy: record.respondBy && formatDate(record.respondBy),
  answerOverdue: record.answerOverdue,
  answers: record.answers,
  files: record.files,
  history: record.history.toReversed(),
  changes: record.history.slice(seen ?? record.history.length).toReversed(),
  may: movesOf(record),
  outcomes: [
    { value: 'EXECUTED', text: 'Исполнено' },
    { value: 'REFUSED', text: 'Отказано' },
  ],
  noticePaper: { ...NOTICE, ...(fields === NOTICE && paper ? uploadedParts(paper) : {}) },
  decisionPaper: { ...DECISION, ...(fields === DECISION && paper ? uploadedParts(paper) : {}) },
  form: { ...form, respondBy: asTyped(form.respondBy), seen: record.history.length },
  errors,
});

const uploadedParts = ({ file, signature }: UploadedPaper) => ({ uploadedFile: uploadedFile(file), uploadedSignature: uploadedFile(signature) });

const uploadedFile = (file: StoredFileInfo | null) => file && { id: file.fileId, name: file.name, size: formatFileSize(file.bytes) };

const movesOf = ({ status }: ApplicationRecord) => {
  const may = (to: Parameters<typeof mayMove>[1]) => mayMove(status, to, 'AUTHORITY');
  const moves = {
    accept: may('ACCEPTED'),
    report: may('IN_PROGRESS'),
    requestInfo: may('AWAITING_INFO'),
    decide: may('EXECUTED'),
    settleCancellation: may('CANCELLED'),
  };
  return { ...moves, nothing: !Object.values(moves).includes(true) };
};

const asTyped = (day: string | undefined): string => (day && isCalendarDay(day) ? formatShortDate(day) : (day ?? ''));
