import { type IQueryHandler, QueryHandler } from '@nestjs/cqrs';
import { Sql } from '../../../platform/persistence/sql.js';
import { type UnreadNotifications, UnreadNotificationsQuery } from '../application/unread.query.js';

interface Row {
  readonly id: string;
  readonly title: string;
  readonly created_at: Date;
  readonly count: number;
}

/** One look into the index of unread entries: this is asked with every page. */
@QueryHandler(UnreadNotificationsQuery)
export class UnreadQueryHandler implements IQueryHandler<UnreadNotificationsQuery> {
  constructor(private readonly sql: Sql) {}

  async execute({ accountId }: UnreadNotificationsQuery): Promise<UnreadNotifications> {
    const rows = await this.sql.query<Row>(
      `select id, title, created_at, count(*) over () as count from notifications.notification
       where account_id = $1 and read_at is null order by created_at desc, id desc limit 3`,
      [accountId],
    );
    return {
      count: rows[0]?.count ?? 0,
      latest: rows.map(({ id, title, created_at: at }) => ({ notificationId: id, title, at: at.toISOString() })),
    };
  }
}
