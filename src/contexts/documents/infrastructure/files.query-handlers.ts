import { type IQueryHandler, QueryHandler } from '@nestjs/cqrs';
import { Sql } from '../../../platform/persistence/sql.js';
import { type StoredFileInfo } from '../application/attachable-files.query.js';
import {
  CabinetFileQuery,
  ElectronicDocumentsQuery,
  type ElectronicDocumentEntry,
} from '../application/cabinet-documents.query.js';
import { FileStorage } from '../application/ports/file-storage.js';
import { FileContentQuery, StoredFilesQuery } from '../application/stored-files.query.js';
import { FILE_COLUMNS, type FileRow, toFileInfo } from './file-row.js';
import { isUuid } from './uuid.js';

@QueryHandler(StoredFilesQuery)
export class StoredFilesQueryHandler implements IQueryHandler<StoredFilesQuery> {
  constructor(private readonly sql: Sql) {}

  async execute({ ownerId, fileIds }: StoredFilesQuery): Promise<readonly StoredFileInfo[]> {
    const rows = await this.sql.query<FileRow>(
      `select ${FILE_COLUMNS} from unnest($2::uuid[]) with ordinality as wanted (id, place)
       join documents.stored_file f on f.id = wanted.id where f.owner_id = $1 order by place`,
      [ownerId, fileIds.filter(isUuid)],
    );
    return rows.map(toFileInfo);
  }
}

@QueryHandler(FileContentQuery)
export class FileContentQueryHandler implements IQueryHandler<FileContentQuery> {
  constructor(
    private readonly sql: Sql,
    private readonly storage: FileStorage,
  ) {}

  async execute({
    fileId,
  }: FileContentQuery): Promise<{ info: StoredFileInfo; content: AsyncIterable<Uint8Array> } | null> {
    if (!isUuid(fileId)) return null;
    const row = await this.sql.one<FileRow>(`select ${FILE_COLUMNS} from documents.stored_file f where f.id = $1`, [
      fileId,
    ]);
    const content = row && (await this.storage.read(row.id));
    return content && { info: toFileInfo(row), content };
  }
}

@QueryHandler(CabinetFileQuery)
export class CabinetFileQueryHandler implements IQueryHandler<CabinetFileQuery> {
  constructor(private readonly sql: Sql) {}

  async execute({ accountId, fileId }: CabinetFileQuery): Promise<StoredFileInfo | null> {
    if (!isUuid(fileId)) return null;
    const row = await this.sql.one<FileRow>(
      `select ${FILE_COLUMNS} from documents.stored_file f where f.id = $1
         and (f.owner_id = $2 or exists (select from documents.electronic_document where file_id = f.id and owner_id = $2))`,
      [fileId, accountId],
    );
    return row && toFileInfo(row);
  }
}

interface ElectronicRow extends FileRow {
  readonly document_id: string;
  readonly title: string;
  readonly issuer: string;
  readonly number: string;
  readonly issued_at: Date;
  readonly application_id: string;
}

@QueryHandler(ElectronicDocumentsQuery)
export class ElectronicDocumentsQueryHandler implements IQueryHandler<ElectronicDocumentsQuery> {
  constructor(private readonly sql: Sql) {}

  async execute({ accountId, limit, after }: ElectronicDocumentsQuery): Promise<readonly ElectronicDocumentEntry[]> {
    const rows = await this.sql.query<ElectronicRow>(
      `select e.id as document_id, e.title, e.issuer, e.number, e.issued_at, e.application_id, ${FILE_COLUMNS}
       from documents.electronic_document e join documents.stored_file f on f.id = e.file_id
       where e.owner_id = $1 and ($2::uuid is null or (e.issued_at, e.id) <
         (select issued_at, id from documents.electronic_document where id = $2 and owner_id = $1))
       order by e.issued_at desc, e.id desc limit $3`,
      [accountId, after !== null && isUuid(after) ? after : null, limit],
    );
    return rows.map((row) => ({
      documentId: row.document_id,
      title: row.title,
      issuer: row.issuer,
      number: row.number,
      issuedAt: row.issued_at,
      applicationId: row.application_id,
      file: toFileInfo(row),
    }));
  }
}
