import { Query } from '@nestjs/cqrs';

/** The feed of an account, newest first, a page at a time. */
export class NotificationFeedQuery extends Query<NotificationFeed> {
  constructor(
    readonly accountId: string,
    readonly filter: {
      /** One of the six sections; null shows all. */
      readonly category: string | null;
      /** Words to look for in titles and texts; «ё» and «е» are one letter. Empty shows all. */
      readonly search: string;
      /** Where the previous page ended; null for the first one. */
      readonly after: FeedPosition | null;
    },
  ) {
    super();
  }
}

/** Place in the feed: it keeps its meaning when newer entries come. */
export interface FeedPosition {
  /** ISO instant. */
  readonly at: string;
  readonly notificationId: string;
}

export interface NotificationFeed {
  readonly items: readonly FeedItem[];
  /** How many entries the filter lets through, over all pages. */
  readonly total: number;
  /** Unread ones of the whole account, whatever the filter. */
  readonly unread: number;
  /** Null on the last page. */
  readonly next: FeedPosition | null;
}

export interface FeedItem {
  readonly notificationId: string;
  readonly category: string;
  readonly title: string;
  readonly text: string;
  readonly isRead: boolean;
  /** Page it leads to; null when there is nothing more to see. */
  readonly link: string | null;
  /** ISO instant. */
  readonly at: string;
}

/** One entry in full. Null when there is none or it is somebody else's. */
export class NotificationQuery extends Query<FeedItem | null> {
  constructor(
    readonly accountId: string,
    readonly notificationId: string,
  ) {
    super();
  }
}
