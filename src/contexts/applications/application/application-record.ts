import { type AnswerSnapshot, type FileSnapshot } from '../domain/answer-snapshot.js';
import { type ApplicationStatus } from '../domain/application-status.js';
import { type StatusEntry } from '../domain/status-entry.js';

/** Everything about one application, for the page of the citizen and for the page of the clerk. */
export interface ApplicationRecord {
  readonly applicationId: string;
  readonly registrationNumber: string;
  readonly serviceTitle: string;
  readonly authorityTitle: string;
  readonly status: ApplicationStatus;
  readonly submittedAt: Date;
  /** First instant after the term of the service. */
  readonly dueAt: Date;
  /** The term is over and nothing was decided. */
  readonly overdue: boolean;
  /** «Дата ответа»; null before a decision. */
  readonly answeredAt: Date | null;
  /** Last day to answer, `YYYY-MM-DD` in Moscow, while an answer is awaited. */
  readonly respondBy: string | null;
  /** That day is over. Nothing happens by itself. */
  readonly answerOverdue: boolean;
  readonly answers: AnswerSnapshot;
  readonly files: readonly FileSnapshot[];
  /** Oldest first; the number of lines is what orders on this application name as seen. */
  readonly history: readonly StatusEntry[];
}

/** The same in a list. */
export type ApplicationLine = Pick<
  ApplicationRecord,
  | 'applicationId'
  | 'registrationNumber'
  | 'serviceTitle'
  | 'status'
  | 'submittedAt'
  | 'dueAt'
  | 'overdue'
  | 'answeredAt'
  | 'respondBy'
  | 'answerOverdue'
>;
