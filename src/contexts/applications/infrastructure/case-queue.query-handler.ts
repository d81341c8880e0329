import { type IQueryHandler, QueryHandler } from '@nestjs/cqrs';
import { Clock } from '../../../kernel/clock.js';
import { Sql } from '../../../platform/persistence/sql.js';
import { type CaseQueue, type CaseQueueFilter, CaseQueueQuery } from '../application/case-queue.query.js';
import { APPLICATION_STATUSES, type ApplicationStatus } from '../domain/application-status.js';
import { isFinal } from '../domain/application-transitions.js';
import { LINE_COLUMNS, type LineRow, pageOf } from './application-line.js';

const COUNTS = `
select status, count(*) as count, count(*) filter (where due_at <= $2) as late
from applications.service_application
where authority_code = $1 and sent_at is not null
group by status`;

const PAGE = `
select ${LINE_COLUMNS}, count(*) over () as matching from applications.service_application
where authority_code = $1 and sent_at is not null and status = any($2)
  and ($3::timestamptz is null or due_at <= $3)
  and strpos(registration_number, $4) > 0
order by submitted_at, id`;

const PAGE_AFTER = `
select * from (${PAGE}) as matched
where $5::uuid is null or (submitted_at, id) >
  (select submitted_at, id from applications.service_application where authority_code = $1 and id = $5)
order by submitted_at, id
limit $6`;

const FINAL = APPLICATION_STATUSES.filter(isFinal);
const OPEN = APPLICATION_STATUSES.filter((status) => !isFinal(status));

@QueryHandler(CaseQueueQuery)
export class CaseQueueQueryHandler implements IQueryHandler<CaseQueueQuery> {
  constructor(
    private readonly sql: Sql,
    private readonly clock: Clock,
  ) {}

  async execute({ authorityCode, filter, after, pageSize }: CaseQueueQuery): Promise<CaseQueue> {
    const now = this.clock.now();
    const [counts, rows] = await Promise.all([
      this.sql.query<{ status: ApplicationStatus; count: number; late: number }>(COUNTS, [authorityCode, now]),
      this.sql.query<LineRow & { matching: number }>(PAGE_AFTER, [
        authorityCode,
        statusesOf(filter),
        filter.overdueOnly ? now : null,
        filter.number,
        after,
        pageSize + 1,
      ]),
    ]);
    return {
      ...pageOf(rows, pageSize, now),
      matching: rows[0]?.matching ?? 0,
      counts: counts.map(({ status, count }) => ({ status, count })),
      overdueCount: counts.reduce((sum, { status, late }) => (isFinal(status) ? sum : sum + late), 0),
    };
  }
}

/** What is over its term is open by definition. */
const statusesOf = ({ status, overdueOnly }: CaseQueueFilter): readonly ApplicationStatus[] => {
  const asked = status === 'OPEN' ? OPEN : status === 'CLOSED' ? FINAL : [status];
  return overdueOnly ? asked.filter((one) => !isFinal(one)) : asked;
};
