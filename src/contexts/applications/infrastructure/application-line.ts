import { legalDayOf } from '../../../kernel/legal-day.js';
import { type ApplicationLine } from '../application/application-record.js';
import { type ApplicationStatus } from '../domain/application-status.js';
import { isFinal } from '../domain/application-transitions.js';

/** Columns that every list and page of applications shows. */
export const LINE_COLUMNS =
  'id, registration_number, service_title, status, submitted_at, due_at, answered_at, respond_by';

export interface LineRow {
  readonly id: string;
  readonly registration_number: string;
  readonly service_title: string;
  readonly status: ApplicationStatus;
  readonly submitted_at: Date;
  readonly due_at: Date;
  readonly answered_at: Date | null;
  readonly respond_by: string | null;
}

export const lineOf = (row: LineRow, now: Date): ApplicationLine => {
  const respondBy = row.status === 'AWAITING_INFO' ? row.respond_by : null;
  return {
    applicationId: row.id,
    registrationNumber: row.registration_number,
    serviceTitle: row.service_title,
    status: row.status,
    submittedAt: row.submitted_at,
    dueAt: row.due_at,
    overdue: !isFinal(row.status) && row.due_at <= now,
    answeredAt: row.answered_at,
    respondBy,
    answerOverdue: respondBy !== null && respondBy < legalDayOf(now),
  };
};

/** A page was asked with one row more than it shows: the extra one tells that there is a next page. */
export const pageOf = (
  rows: readonly LineRow[],
  pageSize: number,
  now: Date,
): { lines: ApplicationLine[]; nextAfter: string | null } => {
  const lines = rows.slice(0, pageSize).map((row) => lineOf(row, now));
  return { lines, nextAfter: rows.length > pageSize ? (lines.at(-1)?.applicationId ?? null) : null };
};
