import { type IQueryHandler, QueryHandler } from '@nestjs/cqrs';
import { Sql } from '../../../platform/persistence/sql.js';
import { type StoredFileInfo } from '../application/attachable-files.query.js';
import { CabinetFileQuery } from '../application/cabinet-documents.query.js';
import { FileStorage } from '../application/ports/file-storage.js';
import { FileContentQuery, StoredFilesQuery } from '../application/stored-files.query.js';
import { requireReadable } from '../domain/stored-file.js';
import { FILE_COLUMNS, type FileRow, toFileInfo } from './file-row.js';
import { isUuid } from './uuid.js';

/** Papers of authorities belong to the clerk who uploaded them; the citizen `$1` has them as long as they keep them. */
const OF_KEPT_DOCUMENT = `exists (
  select from documents.electronic_document
  where owner_id = $1 and removed_at is null and f.id in (file_id, signature_file_id))`;

@QueryHandler(StoredFilesQuery)
export class StoredFilesQueryHandler implements IQueryHandler<StoredFilesQuery> {
  constructor(private readonly sql: Sql) {}

  async execute({ ownerId, fileIds }: StoredFilesQuery): Promise<readonly StoredFileInfo[]> {
    const rows = await this.sql.query<FileRow>(
      `select ${FILE_COLUMNS} from unnest($2::uuid[]) with ordinality as wanted (id, place)
       join documents.stored_file f on f.id = wanted.id
       where f.scan <> 'INFECTED' and (f.owner_id = $1 or ${OF_KEPT_DOCUMENT}) order by place`,
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
    const row = await this.sql.one<FileRow & { readonly content_id: string }>(
      `select ${FILE_COLUMNS}, f.content_id from documents.stored_file f where f.id = $1`,
      [fileId],
    );
    if (row) requireReadable(row.scan);
    const content = row && (await this.storage.read(row.content_id));
    return content && { info: toFileInfo(row), content };
  }
}

@QueryHandler(CabinetFileQuery)
export class CabinetFileQueryHandler implements IQueryHandler<CabinetFileQuery> {
  constructor(private readonly sql: Sql) {}

  async execute({ accountId, fileId }: CabinetFileQuery): Promise<StoredFileInfo | null> {
    if (!isUuid(fileId)) return null;
    const row = await this.sql.one<FileRow>(
      `select ${FILE_COLUMNS} from documents.stored_file f where f.id = $2
         and (f.owner_id = $1 or ${OF_KEPT_DOCUMENT})`,
      [accountId, fileId],
    );
    return row && toFileInfo(row);
  }
}
