import { type IQueryHandler, QueryHandler } from '@nestjs/cqrs';
import { Sql } from '../../../platform/persistence/sql.js';
import {
  type FeedItem,
  type NotificationFeed,
  NotificationFeedQuery,
  NotificationQuery,
} from '../application/notification-feed.query.js';
import { foldForSearch } from '../domain/search-text.js';

const PAGE = 20;

interface Row {
  readonly id: string;
  readonly category: string;
  readonly title: string;
  readonly text: string;
  readonly link: string | null;
  readonly created_at: Date;
  readonly read_at: Date | null;
}

const itemOf = (row: Row): FeedItem => ({
  notificationId: row.id,
  category: row.category,
  title: row.title,
  text: row.text,
  isRead: row.read_at !== null,
  link: row.link,
  at: row.created_at.toISOString(),
});

/** The typed words as a pattern: `%` and `_` of theirs are only themselves. */
const pattern = (search: string): string => `%${foldForSearch(search).replace(/[\\%_]/g, '\\$&')}%`;

@QueryHandler(NotificationFeedQuery)
export class NotificationFeedQueryHandler implements IQueryHandler<NotificationFeedQuery> {
  constructor(private readonly sql: Sql) {}

  async execute({ accountId, filter }: NotificationFeedQuery): Promise<NotificationFeed> {
    const { category, search, after } = filter;
    const [rows, counts] = await Promise.all([
      this.sql.query<Row>(
        `select id, category, title, text, link, created_at, read_at from notifications.notification
         where account_id = $1 and ($2::text is null or category = $2) and search_text like $3
           and ($4::timestamptz is null or (created_at, id) < ($4, $5::uuid))
         order by created_at desc, id desc limit $6`,
        [accountId, category, pattern(search), after?.at ?? null, after?.notificationId ?? null, PAGE + 1],
      ),
      this.sql.one<{ total: number; unread: number }>(
        `select count(*) filter (where ($2::text is null or category = $2) and search_text like $3) as total,
                count(*) filter (where read_at is null) as unread
         from notifications.notification where account_id = $1`,
        [accountId, category, pattern(search)],
      ),
    ]);
    const items = rows.slice(0, PAGE).map(itemOf);
    const last = items.at(-1);
    const next = rows.length > PAGE && last ? { at: last.at, notificationId: last.notificationId } : null;
    return { items, total: counts?.total ?? 0, unread: counts?.unread ?? 0, next };
  }
}

@QueryHandler(NotificationQuery)
export class NotificationQueryHandler implements IQueryHandler<NotificationQuery> {
  constructor(private readonly sql: Sql) {}

  async execute({ accountId, notificationId }: NotificationQuery): Promise<FeedItem | null> {
    const row = await this.sql.one<Row>(
      `select id, category, title, text, link, created_at, read_at from notifications.notification
       where id = $1 and account_id = $2`,
      [notificationId, accountId],
    );
    return row && itemOf(row);
  }
}
