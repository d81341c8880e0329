import { type IQueryHandler, QueryHandler } from '@nestjs/cqrs';
import { Sql } from '../../../platform/persistence/sql.js';
import { KeyRing } from '../../../platform/security/key-ring.js';
import {
  type ElectronicDocumentEntry,
  ElectronicDocumentQuery,
  type ElectronicDocuments,
  ElectronicDocumentsQuery,
} from '../application/electronic-documents.query.js';
import { type SavedDocument, SavedDocumentsQuery } from '../application/saved-documents.query.js';
import { type ElectronicDocumentKind } from '../domain/electronic-document.js';
import { type FileRow, toFileInfo } from './file-row.js';
import { verdictIn } from './stored-verdict.js';
import { isUuid } from './uuid.js';

const DOCUMENT = `
select e.id, e.kind, e.title, e.issuer, e.number, e.issued_at, e.application_id, e.saved_at, to_jsonb(f) as file, to_jsonb(s) as signature, c.verdict
from documents.electronic_document e
  join documents.stored_file f on f.id = e.file_id
  left join documents.stored_file s on s.id = e.signature_file_id
  left join documents.signature_check c on c.signature_file_id = e.signature_file_id and c.file_id = e.file_id`;

/** `$2` words, `$3` issuer, `$4` year in Moscow, `$5` signed or not; null does not narrow. Stop words find everything, as no word would. */
const CHOSEN = `
e.owner_id = $1 and e.removed_at is null
and (select coalesce(bool_and(numnode(q) = 0 or e.search_vector @@ q or e.number like '%' || word || '%'), true)
     from unnest($2::text[]) as word, lateral to_tsquery('russian', word || ':*') as q)
and ($3::text is null or e.issuer = $3)
and ($4::integer is null or extract(year from e.issued_at at time zone 'Europe/Moscow') = $4)
and ($5::boolean is null or (e.signature_file_id is not null) = $5)`;

const PAGE = `
${DOCUMENT}
where ${CHOSEN}
  and ($6::uuid is null or (e.issued_at, e.id) < (select issued_at, id from documents.electronic_document where id = $6 and owner_id = $1))
order by e.issued_at desc, e.id desc limit $7`;

/** Counts what is chosen, and names all issuers and years there are. */
const SUMMARY = `
select count(*) filter (where ${CHOSEN}) as total,
  coalesce(array_agg(distinct e.issuer), '{}') as issuers,
  coalesce(array_agg(distinct extract(year from e.issued_at at time zone 'Europe/Moscow')::integer), '{}') as years
from documents.electronic_document e where e.owner_id = $1 and e.removed_at is null`;

interface DocumentRow {
  readonly id: string;
  readonly kind: ElectronicDocumentKind;
  readonly title: string;
  readonly issuer: string;
  readonly number: string;
  readonly issued_at: Date;
  readonly application_id: string;
  readonly saved_at: Date;
  readonly file: FileRow;
  readonly signature: FileRow | null;
  readonly verdict: string | null;
}

interface SummaryRow {
  readonly total: number;
  readonly issuers: string[];
  readonly years: number[];
}

const toEntry = (row: DocumentRow, keyRing: KeyRing): ElectronicDocumentEntry => ({
  documentId: row.id,
  kind: row.kind,
  title: row.title,
  issuer: row.issuer,
  number: row.number,
  issuedAt: row.issued_at,
  applicationId: row.application_id,
  savedAt: row.saved_at,
  file: toFileInfo(row.file),
  signature: row.signature && { file: toFileInfo(row.signature), verdict: verdictIn(row.verdict, keyRing) },
});

/** Folded as `search_vector` folds: lower case, ё as е, nothing but letters and digits. */
const wordsOf = (search: string): string[] =>
  search
    .toLowerCase()
    .replaceAll('ё', 'е')
    .match(/[\p{L}\d]+/gu) ?? [];

@QueryHandler(ElectronicDocumentsQuery)
export class ElectronicDocumentsQueryHandler implements IQueryHandler<ElectronicDocumentsQuery> {
  constructor(
    private readonly sql: Sql,
    private readonly keyRing: KeyRing,
  ) {}

  async execute({ accountId, filter, after, pageSize }: ElectronicDocumentsQuery): Promise<ElectronicDocuments> {
    const { search = '', issuer = null, year = null, signed = null } = filter;
    const chosen = [accountId, wordsOf(search), issuer, year, signed];
    const [summary, rows] = await Promise.all([
      this.sql.one<SummaryRow>(SUMMARY, chosen),
      this.sql.query<DocumentRow>(PAGE, [...chosen, after !== null && isUuid(after) ? after : null, pageSize + 1]),
    ]);
    const entries = rows.slice(0, pageSize).map((row) => toEntry(row, this.keyRing));
    return {
      total: summary?.total ?? 0,
      entries,
      nextAfter: rows.length > pageSize ? (entries.at(-1)?.documentId ?? null) : null,
      issuers: (summary?.issuers ?? []).toSorted((one, other) => one.localeCompare(other, 'ru')),
      years: (summary?.years ?? []).toSorted((one, other) => other - one),
    };
  }
}

@QueryHandler(ElectronicDocumentQuery)
export class ElectronicDocumentQueryHandler implements IQueryHandler<ElectronicDocumentQuery> {
  constructor(
    private readonly sql: Sql,
    private readonly keyRing: KeyRing,
  ) {}

  async execute({ accountId, documentId }: ElectronicDocumentQuery): Promise<ElectronicDocumentEntry | null> {
    if (!isUuid(documentId)) return null;
    const row = await this.sql.one<DocumentRow>(
      `${DOCUMENT} where e.id = $1 and e.owner_id = $2 and e.removed_at is null`,
      [documentId, accountId],
    );
    return row && toEntry(row, this.keyRing);
  }
}

@QueryHandler(SavedDocumentsQuery)
export class SavedDocumentsQueryHandler implements IQueryHandler<SavedDocumentsQuery> {
  constructor(private readonly sql: Sql) {}

  async execute({ accountId, applicationId }: SavedDocumentsQuery): Promise<readonly SavedDocument[]> {
    const rows = await this.sql.query<{ readonly id: string; readonly file_id: string; readonly saved_at: Date }>(
      `select id, file_id, saved_at from documents.electronic_document
       where owner_id = $1 and application_id = $2 and removed_at is null`,
      [accountId, applicationId],
    );
    return rows.map((row) => ({ documentId: row.id, fileId: row.file_id, savedAt: row.saved_at }));
  }
}
