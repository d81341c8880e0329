import { Param, ParseUUIDPipe } from '@nestjs/common';
import { type NotificationFeedQuery } from '../../application/notification-feed.query.js';
import { isFeedCategory } from '../../domain/notification-kind.js';
import { NotificationNotFound } from '../../domain/notification.errors.js';

export type FeedFilter = NotificationFeedQuery['filter'];

/** Id in the address; what is no id at all finds nothing. */
export const NotificationId = () =>
  Param('id', new ParseUUIDPipe({ exceptionFactory: () => new NotificationNotFound() }));

const MAX_SEARCH = 200;
const POSITION = /^(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z)_([\da-f]{8}-(?:[\da-f]{4}-){3}[\da-f]{12})$/;

const text = (value: unknown): string => (typeof value === 'string' ? value.trim() : '');

const instantOf = (value: unknown): Date | null => {
  const instant = new Date(text(value));
  return Number.isNaN(instant.getTime()) ? null : instant;
};

/** What the address asks for. A section or a place that does not exist is passed over: the address was cut or typed by hand. */
export const feedFilterOf = (query: Readonly<Record<string, unknown>>): FeedFilter => {
  const category = text(query['category']);
  const [, at = '', notificationId = ''] = POSITION.exec(text(query['after'])) ?? [];
  return {
    category: isFeedCategory(category) ? category : null,
    search: text(query['q'])
      .replace(/\p{Cc}/gu, '')
      .slice(0, MAX_SEARCH),
    after: instantOf(at) ? { at, notificationId } : null,
  };
};

/** The moment up to which the citizen had seen the feed; null when the form does not say. */
export const seenUpTo = (body: unknown): Date | null => instantOf((body as { upTo?: unknown } | null)?.upTo);
