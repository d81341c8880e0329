import { type IQueryHandler, QueryHandler } from '@nestjs/cqrs';
import { Clock } from '../../../kernel/clock.js';
import { Sql } from '../../../platform/persistence/sql.js';
import { KeyRing } from '../../../platform/security/key-ring.js';
import { ApplicationDetailsQuery, ApplicationFileQuery, type Reader } from '../application/application-details.query.js';
import { type ApplicationRecord } from '../application/application-record.js';
import { type AnswerSnapshot, type FileSnapshot } from '../domain/answer-snapshot.js';
import { type ApplicationStatus } from '../domain/application-status.js';
import { type Actor } from '../domain/application-transitions.js';
import { type AttachedFile } from '../domain/attached-file.js';
import { ApplicationNotFound } from '../domain/service-application.errors.js';
import { StatusEntry } from '../domain/status-entry.js';
import { LINE_COLUMNS, lineOf, type LineRow } from './application-line.js';

/** `$2` is the applicant, `$3` the authority; one of them is null. */
const APPLICATION = `
select ${LINE_COLUMNS}, authority_title, answers, files from applications.service_application
where id = $1 and (applicant_id = $2 or (authority_code = $3 and sent_at is not null))`;

const HISTORY = 'select * from applications.status_entry where application_id = $1 order by seq';

interface ApplicationRow extends LineRow {
  readonly authority_title: string;
  readonly answers: string;
  readonly files: string;
}

interface EntryRow {
  readonly application_id: string;
  readonly seq: number;
  readonly status: ApplicationStatus;
  readonly cancellation_declined: boolean;
  readonly at: Date;
  readonly actor: Actor;
  readonly staff_id: string | null;
  readonly staff_name: string | null;
  readonly comment: string | null;
  readonly legal_ground: string | null;
  readonly respond_by: string | null;
  readonly attachments: string;
}

@QueryHandler(ApplicationDetailsQuery)
export class ApplicationDetailsQueryHandler implements IQueryHandler<ApplicationDetailsQuery> {
  constructor(
    private readonly sql: Sql,
    private readonly keys: KeyRing,
    private readonly clock: Clock,
  ) {}

  async execute({ applicationId, reader }: ApplicationDetailsQuery): Promise<ApplicationRecord> {
    const { row, history } = await recordOf(this.sql, this.keys, applicationId, reader);
    return {
      ...lineOf(row, this.clock.now()),
      authorityTitle: row.authority_title,
      answers: JSON.parse(this.keys.decrypt(row.answers)) as AnswerSnapshot,
      files: filesOf(row, this.keys),
      history,
    };
  }
}

@QueryHandler(ApplicationFileQuery)
export class ApplicationFileQueryHandler implements IQueryHandler<ApplicationFileQuery> {
  constructor(
    private readonly sql: Sql,
    private readonly keys: KeyRing,
  ) {}

  async execute({ applicationId, fileId, reader }: ApplicationFileQuery): Promise<AttachedFile> {
    const { row, history } = await recordOf(this.sql, this.keys, applicationId, reader);
    const files = [...filesOf(row, this.keys), ...history.flatMap(({ attachments }) => attachments)];
    const file = files.find((candidate) => candidate.fileId === fileId);
    if (!file) throw new ApplicationNotFound();
    return file;
  }
}

async function recordOf(
  sql: Sql,
  keys: KeyRing,
  applicationId: string,
  reader: Reader,
): Promise<{ row: ApplicationRow; history: StatusEntry[] }> {
  const [applicantId, authorityCode] =
    'applicantId' in reader ? [reader.applicantId, null] : [null, reader.authorityCode];
  const [row, entries] = await Promise.all([
    sql.one<ApplicationRow>(APPLICATION, [applicationId, applicantId, authorityCode]),
    sql.query<EntryRow>(HISTORY, [applicationId]),
  ]);
  if (!row) throw new ApplicationNotFound();
  return { row, history: entries.map((entry) => entryOf(entry, keys)) };
}

const filesOf = (row: ApplicationRow, keys: KeyRing): FileSnapshot[] => JSON.parse(keys.decrypt(row.files)) as FileSnapshot[];

const entryOf = (row: EntryRow, keys: KeyRing): StatusEntry => {
  const plain = (text: string | null): string | null => (text === null ? null : keys.decrypt(text));
  return new StatusEntry(
    row.application_id,
    row.seq,
    row.status,
    row.cancellation_declined,
    row.at,
    row.actor,
    row.staff_id,
    row.staff_name,
    plain(row.comment),
    plain(row.legal_ground),
    row.respond_by,
    JSON.parse(keys.decrypt(row.attachments)) as AttachedFile[],
  );
};
