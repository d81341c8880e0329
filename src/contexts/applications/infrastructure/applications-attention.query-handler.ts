import { type IQueryHandler, QueryHandler } from '@nestjs/cqrs';
import { Sql } from '../../../platform/persistence/sql.js';
import { type ApplicationsAttention, ApplicationsAttentionQuery } from '../application/applications-attention.query.js';

interface Row {
  readonly awaiting: ApplicationsAttention['awaiting'];
  readonly drafts: ApplicationsAttention['drafts'];
  readonly draft_count: number;
  readonly in_progress_count: number;
}

/** One round trip: the first page of the cabinet waits for it. */
@QueryHandler(ApplicationsAttentionQuery)
export class ApplicationsAttentionQueryHandler implements IQueryHandler<ApplicationsAttentionQuery> {
  constructor(private readonly sql: Sql) {}

  async execute({ accountId }: ApplicationsAttentionQuery): Promise<ApplicationsAttention> {
    const row = await this.sql.one<Row>(
      `with application as (
         select id, registration_number, service_title, status, respond_by, submitted_at
         from applications.service_application
         where applicant_id = $1 and status not in ('CANCELLED', 'EXECUTED', 'REFUSED')
       ), draft as (
         select d.id, s.title, d.updated_at, d.progress_percent, count(*) over () as total
         from applications.draft d join applications.service s on s.code = d.service_code
         where d.applicant_id = $1 and d.application_id is null
         order by d.updated_at desc, d.id desc limit 3
       )
       select
         coalesce((select json_agg(json_build_object('applicationId', id, 'registrationNumber', registration_number,
             'serviceTitle', service_title, 'respondBy', respond_by) order by respond_by nulls last, submitted_at)
           from application where status in ('AWAITING_INFO', 'NEEDS_CORRECTION')), '[]') as awaiting,
         coalesce((select json_agg(json_build_object('draftId', id, 'serviceTitle', title,
             'updatedAt', to_char(updated_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"'), 'progressPercent', progress_percent)
             order by updated_at desc, id desc)
           from draft), '[]') as drafts,
         coalesce((select max(total) from draft), 0)::int as draft_count,
         (select count(*) from application where status not in ('AWAITING_INFO', 'NEEDS_CORRECTION'))::int as in_progress_count`,
      [accountId],
    );
    const { awaiting, drafts, draft_count: draftCount, in_progress_count: inProgressCount } = row!;
    return { awaiting, drafts, draftCount, inProgressCount };
  }
}
