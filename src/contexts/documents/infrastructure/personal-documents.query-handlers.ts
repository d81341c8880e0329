import { type IQueryHandler, QueryBus, QueryHandler } from '@nestjs/cqrs';
import { Clock } from '../../../kernel/clock.js';
import { legalDayOf } from '../../../kernel/legal-day.js';
import { Sql } from '../../../platform/persistence/sql.js';
import { KeyRing } from '../../../platform/security/key-ring.js';
import { ApplicantQuery } from '../../profile/public.js';
import {
  type DocumentChild,
  type PersonalDocumentEntry,
  PersonalDocumentQuery,
  PersonalDocumentsQuery,
  type PersonalDocumentView,
} from '../application/cabinet-documents.query.js';
import { documentKind } from '../domain/document-kinds.js';
import { isExpired } from '../domain/expiry.js';
import { type FormerRequisites } from '../domain/personal-document.js';
import { differencesOf } from '../domain/requisite-differences.js';
import { type Requisites } from '../domain/requisite-reading.js';
import { type ScanState } from '../domain/stored-file.js';
import { type FileRow, toFileInfo } from './file-row.js';
import { maskedNumberOf, requisitesIn } from './stored-requisites.js';
import { verdictIn } from './stored-verdict.js';
import { supersedes } from './superseding.js';
import { isUuid } from './uuid.js';

interface EntryRow {
  readonly id: string;
  readonly kind_code: string;
  readonly requisites: string;
  readonly expires_on: string | null;
  readonly days_left: number | null;
  readonly child_id: string | null;
  readonly esia_id: string | null;
  readonly verified: boolean;
}

/** `$2` is the day in Moscow. */
const ENTRY_COLUMNS = `d.id, d.kind_code, d.requisites, d.expires_on, d.expires_on - $2::date as days_left, d.child_id, d.esia_id, d.verified`;

/** What list and document say alike. */
const commonOf = (row: EntryRow, today: string, children: ReadonlyMap<string, DocumentChild>) => ({
  documentId: row.id,
  kindCode: row.kind_code,
  expiresOn: row.expires_on,
  expired: isExpired(row.expires_on, today),
  daysLeft: row.days_left,
  origin: row.esia_id === null ? ('MANUAL' as const) : ('ESIA' as const),
  verification: row.esia_id === null ? null : row.verified ? ('VERIFIED' as const) : ('NOT_VERIFIED' as const),
  child: row.child_id === null ? null : (children.get(row.child_id) ?? { id: row.child_id, name: '' }),
});

/** Children by their number; the profile is asked only when a document is a child's. */
async function childrenOf(
  rows: readonly EntryRow[],
  accountId: string,
  queries: QueryBus,
): Promise<ReadonlyMap<string, DocumentChild>> {
  if (rows.every(({ child_id }) => child_id === null)) return new Map();
  const applicant = await queries.execute(new ApplicantQuery(accountId));
  return new Map(
    (applicant?.children ?? []).map(({ id, lastName, firstName, middleName }) => [
      id,
      { id, name: [lastName, firstName, middleName].filter(Boolean).join(' ') },
    ]),
  );
}

@QueryHandler(PersonalDocumentsQuery)
export class PersonalDocumentsQueryHandler implements IQueryHandler<PersonalDocumentsQuery> {
  constructor(
    private readonly sql: Sql,
    private readonly keyRing: KeyRing,
    private readonly queries: QueryBus,
    private readonly clock: Clock,
  ) {}

  async execute({ accountId }: PersonalDocumentsQuery): Promise<readonly PersonalDocumentEntry[]> {
    const today = legalDayOf(this.clock.now());
    const rows = await this.sql.query<EntryRow & { readonly files: number; readonly superseded: boolean }>(
      `select ${ENTRY_COLUMNS}, cardinality(d.file_ids) as files,
         exists (select from documents.personal_document e where ${supersedes('e', 'd', '$2')}) as superseded
       from documents.personal_document d where d.owner_id = $1 and d.removed_at is null order by d.id desc`,
      [accountId, today],
    );
    const children = await childrenOf(rows, accountId, this.queries);
    return rows.map((row) => ({
      ...commonOf(row, today, children),
      maskedNumber: maskedNumberOf(row.kind_code, requisitesIn(row.requisites, this.keyRing)),
      files: row.files,
      superseded: row.superseded,
    }));
  }
}

interface Counterpart {
  readonly id: string;
  readonly requisites: string;
}

interface DocumentRow extends EntryRow {
  readonly version: number;
  readonly confirmed_at: Date | null;
  readonly added_at: Date;
  readonly history: string | null;
  readonly files: readonly (FileRow & {
    readonly scan: ScanState;
    readonly stored_at: string;
    readonly verdict: string | null;
    readonly signs: string | null;
  })[];
  /** ESIA's document that this one gave way to, and the typed copy that gave way to this one. */
  readonly esia: Counterpart | null;
  readonly typed: Counterpart | null;
  readonly views: readonly string[];
}

const counterpart = (alias: string, condition: string) =>
  `(select jsonb_build_object('id', ${alias}.id, 'requisites', ${alias}.requisites)
    from documents.personal_document ${alias} where ${alias}.removed_at is null and ${condition} order by ${alias}.id desc limit 1)`;

/** What was found of the signature beside a file; of several the one attached last. */
const VERDICT_BESIDE = `(select c.verdict from documents.signed_pair p join documents.signature_check c using (file_id, signature_file_id)
  where p.document_id = d.id and p.file_id = f.id order by array_position(d.file_ids, p.signature_file_id) desc limit 1)`;

/** Name of the file that a signature lies beside. */
const SIGNED_FILE = `(select signed.name from documents.signed_pair p join documents.stored_file signed on signed.id = p.file_id
  where p.document_id = d.id and p.signature_file_id = f.id order by array_position(d.file_ids, p.file_id) limit 1)`;

@QueryHandler(PersonalDocumentQuery)
export class PersonalDocumentQueryHandler implements IQueryHandler<PersonalDocumentQuery> {
  constructor(
    private readonly sql: Sql,
    private readonly keyRing: KeyRing,
    private readonly queries: QueryBus,
    private readonly clock: Clock,
  ) {}

  async execute({ accountId, documentId }: PersonalDocumentQuery): Promise<PersonalDocumentView | null> {
    if (!isUuid(documentId)) return null;
    const today = legalDayOf(this.clock.now());
    const row = await this.sql.one<DocumentRow>(
      `select ${ENTRY_COLUMNS}, d.version, d.confirmed_at, d.added_at, d.history,
         coalesce((select jsonb_agg(to_jsonb(f) || jsonb_build_object('verdict', ${VERDICT_BESIDE}, 'signs', ${SIGNED_FILE})
                     order by array_position(d.file_ids, f.id))
                   from documents.stored_file f where f.id = any (d.file_ids)), '[]') as files,
         ${counterpart('e', supersedes('e', 'd', '$2'))} as esia,
         ${counterpart('t', supersedes('d', 't', '$2'))} as typed,
         coalesce((select jsonb_agg(last.accessed_at order by last.accessed_at desc) from
           (select accessed_at from documents.access_record where document_id = d.id order by accessed_at desc limit 10) last), '[]') as views
       from documents.personal_document d where d.id = $3 and d.owner_id = $1 and d.removed_at is null`,
      [accountId, today, documentId],
    );
    if (!row) return null;
    const requisites = requisitesIn(row.requisites, this.keyRing);
    const differences = (typed: Requisites, atEsia: Requisites) =>
      differencesOf(documentKind(row.kind_code), typed, atEsia);
    return {
      ...commonOf(row, today, await childrenOf([row], accountId, this.queries)),
      requisites,
      files: row.files.map((file) => ({
        ...toFileInfo(file),
        scan: file.scan,
        signature: verdictIn(file.verdict, this.keyRing),
        signs: file.signs,
        storedAt: new Date(file.stored_at),
      })),
      version: row.version,
      confirmedAt: row.confirmed_at,
      superseded: row.esia && {
        by: row.esia.id,
        differences: differences(requisites, requisitesIn(row.esia.requisites, this.keyRing)),
      },
      supersedes: row.typed && {
        documentId: row.typed.id,
        differences: differences(requisitesIn(row.typed.requisites, this.keyRing), requisites),
      },
      history: this.historyIn(row.history).map((former) => ({ ...former, replacedAt: new Date(former.replacedAt) })),
      addedAt: row.added_at,
      views: row.views.map((at) => ({ at: new Date(at) })),
    };
  }

  /** The latest first. */
  private historyIn(encrypted: string | null): readonly FormerRequisites[] {
    return encrypted === null ? [] : (JSON.parse(this.keyRing.decrypt(encrypted)) as FormerRequisites[]).reverse();
  }
}
