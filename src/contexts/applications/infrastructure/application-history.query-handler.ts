import { type IQueryHandler, QueryHandler } from '@nestjs/cqrs';
import { Clock } from '../../../kernel/clock.js';
import { Sql } from '../../../platform/persistence/sql.js';
import { type ApplicationHistory, ApplicationHistoryQuery } from '../application/application-history.query.js';
import { LINE_COLUMNS, type LineRow, pageOf } from './application-line.js';

const COUNT = 'select count(*) as total from applications.service_application where applicant_id = $1';

const PAGE = `
select ${LINE_COLUMNS} from applications.service_application
where applicant_id = $1
  and ($2::uuid is null or (submitted_at, id) <
    (select submitted_at, id from applications.service_application where applicant_id = $1 and id = $2))
order by submitted_at desc, id desc
limit $3`;

@QueryHandler(ApplicationHistoryQuery)
export class ApplicationHistoryQueryHandler implements IQueryHandler<ApplicationHistoryQuery> {
  constructor(
    private readonly sql: Sql,
    private readonly clock: Clock,
  ) {}

  async execute({ applicantId, after, pageSize }: ApplicationHistoryQuery): Promise<ApplicationHistory> {
    const [counted, rows] = await Promise.all([
      this.sql.one<{ total: number }>(COUNT, [applicantId]),
      this.sql.query<LineRow>(PAGE, [applicantId, after, pageSize + 1]),
    ]);
    return { total: counted?.total ?? 0, ...pageOf(rows, pageSize, this.clock.now()) };
  }
}
