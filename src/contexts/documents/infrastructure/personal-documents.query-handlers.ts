import { type IQueryHandler, QueryHandler } from '@nestjs/cqrs';
import { Clock } from '../../../kernel/clock.js';
import { legalDayOf } from '../../../kernel/legal-day.js';
import { maskRequisite } from '../../../kernel/requisite.js';
import { Sql } from '../../../platform/persistence/sql.js';
import { KeyRing } from '../../../platform/security/key-ring.js';
import { type AttachableFile, AttachableFilesQuery } from '../application/attachable-files.query.js';
import {
  type PersonalDocumentEntry,
  PersonalDocumentQuery,
  PersonalDocumentsQuery,
  type PersonalDocumentView,
} from '../application/cabinet-documents.query.js';
import { type DocumentRequisites, DocumentRequisitesQuery } from '../application/document-requisites.query.js';
import { documentKind } from '../domain/document-kinds.js';
import { isExpired } from '../domain/expiry.js';
import { type Requisites } from '../domain/requisite-reading.js';
import { FILE_COLUMNS, type FileRow, toFileInfo } from './file-row.js';
import { type ScanState } from '../domain/stored-file.js';
import { isUuid } from './uuid.js';

const requisitesIn = (encrypted: string, keyRing: KeyRing) => JSON.parse(keyRing.decrypt(encrypted)) as Requisites;

/** The last part of the number that is there: the series alone would tell nothing apart. */
const maskedNumberOf = (kindCode: string, requisites: Requisites): string => {
  const { numbering } = documentKind(kindCode);
  const code = numbering.includes('number') ? 'number' : numbering[0];
  return maskRequisite((code && requisites[code]) ?? '');
};

interface EntryRow {
  readonly id: string;
  readonly kind_code: string;
  readonly requisites: string;
  readonly expires_on: string | null;
  readonly files: number;
}

@QueryHandler(PersonalDocumentsQuery)
export class PersonalDocumentsQueryHandler implements IQueryHandler<PersonalDocumentsQuery> {
  constructor(
    private readonly sql: Sql,
    private readonly keyRing: KeyRing,
    private readonly clock: Clock,
  ) {}

  async execute({ accountId }: PersonalDocumentsQuery): Promise<readonly PersonalDocumentEntry[]> {
    const today = legalDayOf(this.clock.now());
    const rows = await this.sql.query<EntryRow>(
      `select id, kind_code, requisites, expires_on, cardinality(file_ids) as files
       from documents.personal_document where owner_id = $1 and removed_at is null order by id desc`,
      [accountId],
    );
    return rows.map((row) => ({
      documentId: row.id,
      kindCode: row.kind_code,
      maskedNumber: maskedNumberOf(row.kind_code, requisitesIn(row.requisites, this.keyRing)),
      expiresOn: row.expires_on,
      expired: isExpired(row.expires_on, today),
      files: row.files,
      daysLeft: null,
      origin: 'MANUAL',
      verification: null,
      child: null,
      superseded: false,
    }));
  }
}

interface DocumentRow extends Omit<EntryRow, 'files'> {
  readonly version: number;
  readonly added_at: Date;
  readonly files: readonly (FileRow & { readonly scan: ScanState; readonly stored_at: string })[];
}

@QueryHandler(PersonalDocumentQuery)
export class PersonalDocumentQueryHandler implements IQueryHandler<PersonalDocumentQuery> {
  constructor(
    private readonly sql: Sql,
    private readonly keyRing: KeyRing,
    private readonly clock: Clock,
  ) {}

  async execute({ accountId, documentId }: PersonalDocumentQuery): Promise<PersonalDocumentView | null> {
    if (!isUuid(documentId)) return null;
    const row = await this.sql.one<DocumentRow>(
      `select d.id, d.kind_code, d.requisites, d.expires_on, d.version, d.added_at,
         coalesce((select jsonb_agg(to_jsonb(f) order by array_position(d.file_ids, f.id))
                   from documents.stored_file f where f.id = any (d.file_ids)), '[]') as files
       from documents.personal_document d where d.id = $1 and d.owner_id = $2 and d.removed_at is null`,
      [documentId, accountId],
    );
    if (!row) return null;
    return {
      documentId: row.id,
      kindCode: row.kind_code,
      requisites: requisitesIn(row.requisites, this.keyRing),
      expiresOn: row.expires_on,
      expired: isExpired(row.expires_on, legalDayOf(this.clock.now())),
      files: row.files.map((file) => ({
        ...toFileInfo(file),
        scan: file.scan,
        signature: null,
        signs: null,
        storedAt: new Date(file.stored_at),
      })),
      version: row.version,
      daysLeft: null,
      origin: 'MANUAL',
      verification: null,
      confirmedAt: null,
      child: null,
      superseded: null,
      supersedes: null,
      history: [],
      addedAt: row.added_at,
      views: [],
    };
  }
}

@QueryHandler(AttachableFilesQuery)
export class AttachableFilesQueryHandler implements IQueryHandler<AttachableFilesQuery> {
  constructor(
    private readonly sql: Sql,
    private readonly clock: Clock,
  ) {}

  async execute({ accountId, filter }: AttachableFilesQuery): Promise<readonly AttachableFile[]> {
    const rows = await this.sql.query<FileRow & { readonly kind_code: string | null; readonly title: string | null }>(
      `select ${FILE_COLUMNS}, d.kind_code, null as title, d.id as source_id, array_position(d.file_ids, f.id) as place
       from documents.personal_document d join documents.stored_file f on f.id = any (d.file_ids)
       where d.owner_id = $1 and d.removed_at is null and (d.expires_on is null or d.expires_on >= $2::date)
         and ($3::text[] is null or d.kind_code = any ($3)) and ($4::text[] is null or f.extension = any ($4))
       union all
       select ${FILE_COLUMNS}, null, e.title, e.id, 0
       from documents.electronic_document e join documents.stored_file f on f.id = e.file_id
       where e.owner_id = $1 and $3::text[] is null and ($4::text[] is null or f.extension = any ($4))
       order by source_id desc, place`,
      [accountId, legalDayOf(this.clock.now()), filter.kinds ?? null, filter.extensions ?? null],
    );
    return rows.map((row) => ({
      ...toFileInfo(row),
      documentKind: row.kind_code,
      documentTitle: row.kind_code === null ? (row.title ?? '') : documentKind(row.kind_code).label,
    }));
  }
}

@QueryHandler(DocumentRequisitesQuery)
export class DocumentRequisitesQueryHandler implements IQueryHandler<DocumentRequisitesQuery> {
  constructor(
    private readonly sql: Sql,
    private readonly keyRing: KeyRing,
    private readonly clock: Clock,
  ) {}

  async execute({ accountId, kinds }: DocumentRequisitesQuery): Promise<readonly DocumentRequisites[]> {
    const rows = await this.sql.query<Pick<EntryRow, 'id' | 'kind_code' | 'requisites'>>(
      `select id, kind_code, requisites from documents.personal_document
       where owner_id = $1 and kind_code = any ($2) and removed_at is null and (expires_on is null or expires_on >= $3::date)
       order by id desc`,
      [accountId, kinds, legalDayOf(this.clock.now())],
    );
    return rows.map((row) => ({
      documentId: row.id,
      kind: row.kind_code,
      title: documentKind(row.kind_code).label,
      requisites: requisitesIn(row.requisites, this.keyRing),
    }));
  }
}
