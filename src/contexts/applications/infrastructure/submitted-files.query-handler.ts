import { type IQueryHandler, QueryHandler } from '@nestjs/cqrs';
import { Sql } from '../../../platform/persistence/sql.js';
import { KeyRing } from '../../../platform/security/key-ring.js';
import { SubmittedFilesQuery } from '../application/submitted-files.query.js';
import { type FileSnapshot } from '../domain/answer-snapshot.js';

@QueryHandler(SubmittedFilesQuery)
export class SubmittedFilesQueryHandler implements IQueryHandler<SubmittedFilesQuery> {
  constructor(
    private readonly sql: Sql,
    private readonly keyRing: KeyRing,
  ) {}

  async execute({ applicationId }: SubmittedFilesQuery): Promise<readonly string[]> {
    const row = await this.sql.one<{ files: string }>('select files from applications.service_application where id = $1', [applicationId]);
    if (!row) return [];
    const files = JSON.parse(this.keyRing.decrypt(row.files)) as readonly FileSnapshot[];
    return [...new Set(files.map(({ fileId }) => fileId))];
  }
}
