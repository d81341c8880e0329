import { formatDateTime, plural } from '../../../../platform/views/format.js';
import { type FeedItem, type NotificationFeed } from '../../application/notification-feed.query.js';
import { FEED_CATEGORIES, type FeedCategory } from '../../domain/notification-kind.js';
import { type FeedFilter } from './feed.form.js';

const CATEGORY_WORDS: Readonly<Record<FeedCategory, { one: string; many: string; icon: string }>> = {
  PAYMENT: { one: 'Платёж', many: 'Платежи', icon: 'wallet2' },
  APPLICATION: { one: 'Заявление', many: 'Заявления', icon: 'journal-text' },
  DRAFT: { one: 'Черновик', many: 'Черновики', icon: 'pencil' },
  APPOINTMENT: { one: 'Запись на приём', many: 'Записи на приём', icon: 'calendar-event' },
  GOV_MAIL: { one: 'Госпочта', many: 'Госпочта', icon: 'envelope' },
  SUPPORT: { one: 'Техподдержка', many: 'Техподдержка', icon: 'shield-check' },
};

const addressOf = ({ category, search, after }: Partial<FeedFilter>): string => {
  const query = new URLSearchParams({
    ...(category ? { category } : {}),
    ...(search ? { q: search } : {}),
    ...(after ? { after: `${after.at}_${after.notificationId}` } : {}),
  });
  return query.size > 0 ? `/notifications?${query.toString()}` : '/notifications';
};

const wordsOf = (category: string) => CATEGORY_WORDS[category as FeedCategory];

const itemOf = (item: FeedItem) => ({
  href: `/notifications/${item.notificationId}`,
  category: wordsOf(item.category).one,
  icon: wordsOf(item.category).icon,
  title: item.title,
  text: item.text,
  at: item.at,
  atText: formatDateTime(item.at),
  unread: !item.isRead,
});

/** What `templates/notifications/feed.hbs` prints. */
export function feedPage(feed: NotificationFeed, filter: FeedFilter) {
  const { category, search, after } = filter;
  const isFiltered = category !== null || search !== '';
  const found = plural(feed.total, 'уведомление', 'уведомления', 'уведомлений');
  return {
    title: 'Уведомления',
    breadcrumb: [{ text: 'Уведомления' }],
    tabs: [null, ...FEED_CATEGORIES].map((tab) => ({
      href: addressOf({ category: tab, search }),
      text: tab === null ? 'Все' : CATEGORY_WORDS[tab].many,
      current: tab === category,
    })),
    category,
    search,
    isFiltered,
    resetHref: '/notifications',
    count: `${isFiltered ? 'Найдено: ' : ''}${found}`,
    unread: feed.unread > 0 ? plural(feed.unread, 'непрочитанное', 'непрочитанных', 'непрочитанных') : null,
    items: feed.items.map(itemOf),
    // On a later page the newest seen entry is unknown, so only the first one offers to mark everything.
    seenUpTo: feed.unread > 0 && after === null && !isFiltered ? (feed.items[0]?.at ?? null) : null,
    nextHref: feed.next ? addressOf({ category, search, after: feed.next }) : null,
    firstHref: after ? addressOf({ category, search }) : null,
  };
}

/** What `templates/notifications/notification.hbs` prints. */
export function notificationPage(item: FeedItem) {
  return {
    title: item.title,
    breadcrumb: [{ text: 'Уведомления', href: '/notifications' }, { text: item.title }],
    item: itemOf(item),
  };
}
