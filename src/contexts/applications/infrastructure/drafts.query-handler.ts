import { type IQueryHandler, QueryHandler } from '@nestjs/cqrs';
import { Sql } from '../../../platform/persistence/sql.js';
import { type DraftLine, DraftsQuery } from '../application/drafts.query.js';

@QueryHandler(DraftsQuery)
export class DraftsQueryHandler implements IQueryHandler<DraftsQuery> {
  constructor(private readonly sql: Sql) {}

  execute({ applicantId, serviceCode }: DraftsQuery): Promise<readonly DraftLine[]> {
    return this.sql.query<DraftLine>(
      `select d.id as "draftId", s.code as "serviceCode", s.title as "serviceTitle", d.updated_at as "updatedAt",
              d.progress_percent as "progressPercent"
       from applications.draft d join applications.service s on s.code = d.service_code
       where d.applicant_id = $1 and d.application_id is null and ($2::text is null or d.service_code = $2)
       order by d.updated_at desc, d.id desc`,
      [applicantId, serviceCode],
    );
  }
}
