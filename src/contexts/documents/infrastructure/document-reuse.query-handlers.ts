import { type IQueryHandler, QueryHandler } from '@nestjs/cqrs';
import { Clock } from '../../../kernel/clock.js';
import { legalDayOf } from '../../../kernel/legal-day.js';
import { Sql } from '../../../platform/persistence/sql.js';
import { KeyRing } from '../../../platform/security/key-ring.js';
import { type AttachableFile, AttachableFilesQuery } from '../application/attachable-files.query.js';
import { type DocumentRequisites, DocumentRequisitesQuery } from '../application/document-requisites.query.js';
import { documentKind } from '../domain/document-kinds.js';
import { contradicts } from '../domain/requisite-differences.js';
import { FILE_COLUMNS, type FileRow, toFileInfo } from './file-row.js';
import { maskedNumberOf, requisitesIn } from './stored-requisites.js';
import { supersedes } from './superseding.js';

interface AttachableRow extends FileRow {
  readonly kind_code: string | null;
  readonly title: string | null;
  readonly signature_file_id: string | null;
  readonly requisites: string | null;
  /** Requisites of ESIA's document that the file's own document gave way to. */
  readonly esia_requisites: string | null;
}

/** Of several signatures beside a file the one attached last. */
const signatureIn = (document: 'd' | 'e') => `(select p.signature_file_id from documents.signed_pair p
  where p.document_id = ${document}.id and p.file_id = f.id order by p.signature_file_id desc limit 1) as signature_file_id`;

@QueryHandler(AttachableFilesQuery)
export class AttachableFilesQueryHandler implements IQueryHandler<AttachableFilesQuery> {
  constructor(
    private readonly sql: Sql,
    private readonly keyRing: KeyRing,
    private readonly clock: Clock,
  ) {}

  async execute({ accountId, filter }: AttachableFilesQuery): Promise<readonly AttachableFile[]> {
    const rows = await this.sql.query<AttachableRow>(
      `select ${FILE_COLUMNS}, d.kind_code, null as title, d.requisites, (select e.requisites from documents.personal_document e
           where ${supersedes('e', 'd', '$2')} order by e.id desc limit 1) as esia_requisites,
         ${signatureIn('d')}, d.id as source_id, array_position(d.file_ids, f.id) as place
       from documents.personal_document d join documents.stored_file f on f.id = any (d.file_ids)
       where d.owner_id = $1 and d.removed_at is null and (d.expires_on is null or d.expires_on >= $2::date)
         and f.scan not in ('PENDING', 'INFECTED')
         and ($3::text[] is null or d.kind_code = any ($3)) and ($4::text[] is null or f.extension = any ($4))
       union all
       select ${FILE_COLUMNS}, null, e.title, null, null, ${signatureIn('e')}, e.id, case f.id when e.file_id then 0 else 1 end
       from documents.electronic_document e join documents.stored_file f on f.id in (e.file_id, e.signature_file_id)
       where e.owner_id = $1 and e.removed_at is null and f.scan not in ('PENDING', 'INFECTED')
         and $3::text[] is null and ($4::text[] is null or f.extension = any ($4))
       order by source_id desc, place`,
      [accountId, legalDayOf(this.clock.now()), filter.kinds ?? null, filter.extensions ?? null],
    );
    return rows
      .filter((row) => !this.contradictsEsia(row))
      .map((row) => ({
        ...toFileInfo(row),
        documentKind: row.kind_code,
        signatureFileId: row.signature_file_id,
        documentTitle: row.kind_code === null ? (row.title ?? '') : documentKind(row.kind_code).label,
      }));
  }

  /** A scan of something else than what ESIA knows would be refused by the authority. */
  private contradictsEsia({ kind_code, requisites, esia_requisites }: AttachableRow): boolean {
    if (!kind_code || !requisites || !esia_requisites) return false;
    const [typed, atEsia] = [requisitesIn(requisites, this.keyRing), requisitesIn(esia_requisites, this.keyRing)];
    return contradicts(documentKind(kind_code), typed, atEsia);
  }
}

interface RequisitesRow {
  readonly id: string;
  readonly child_id: string | null;
  readonly kind_code: string;
  readonly requisites: string;
}

@QueryHandler(DocumentRequisitesQuery)
export class DocumentRequisitesQueryHandler implements IQueryHandler<DocumentRequisitesQuery> {
  constructor(
    private readonly sql: Sql,
    private readonly keyRing: KeyRing,
    private readonly clock: Clock,
  ) {}

  async execute({ accountId, kinds, childId }: DocumentRequisitesQuery): Promise<readonly DocumentRequisites[]> {
    const rows = await this.sql.query<RequisitesRow>(
      `select d.id, d.kind_code, d.child_id, d.requisites from documents.personal_document d
       where d.owner_id = $1 and d.kind_code = any ($2) and ($4 = 'ANYBODY' or d.child_id is not distinct from $4) and d.removed_at is null
         and (d.expires_on is null or d.expires_on >= $3::date)
         and not exists (select from documents.personal_document e where ${supersedes('e', 'd', '$3')})
       order by d.esia_id is null, d.id desc`,
      [accountId, kinds, legalDayOf(this.clock.now()), childId],
    );
    return rows.map((row) => {
      const requisites = requisitesIn(row.requisites, this.keyRing);
      return {
        documentId: row.id,
        kind: row.kind_code,
        title: documentKind(row.kind_code).label,
        maskedNumber: maskedNumberOf(row.kind_code, requisites),
        childId: row.child_id,
        requisites,
      };
    });
  }
}
