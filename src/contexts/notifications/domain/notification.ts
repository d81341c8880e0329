import { AggregateRoot } from '../../../kernel/aggregate-root.js';
import { type FeedCategory } from './notification-kind.js';
import { NotificationQueued } from './notification.events.js';
import { foldForSearch } from './search-text.js';
import { rulesOf, type Topic } from './topics.js';

/** One event told to one account: an entry of its feed. It holds no personal data beyond what the words say. */
export class Notification extends AggregateRoot {
  private constructor(
    readonly id: string,
    readonly accountId: string,
    readonly kind: string,
    /** The event it tells of; with account and kind it is unique. */
    readonly eventId: string,
    readonly category: FeedCategory,
    readonly title: string,
    readonly text: string,
    /** Page of the portal it leads to. */
    readonly link: string | null,
    readonly createdAt: Date,
    private readAt: Date | null,
    private readonly searchText: string,
  ) {
    super();
  }

  /** `leavesPortal`: deliveries of it wait, so the sender has to be woken. */
  static announce(entry: {
    id: string;
    accountId: string;
    eventId: string;
    topic: Topic;
    title: string;
    text: string;
    link: string | null;
    leavesPortal: boolean;
    now: Date;
  }): Notification {
    const { kind, category, reach } = rulesOf(entry.topic);
    const { id, accountId, eventId, title, text, link, now } = entry;
    const readAt = reach === 'SECURITY' ? now : null;
    const searchText = foldForSearch(`${title} ${text}`);
    const notification = new Notification(
      id,
      accountId,
      kind,
      eventId,
      category,
      title,
      text,
      link,
      now,
      readAt,
      searchText,
    );
    if (entry.leavesPortal) notification.record(new NotificationQueued(id));
    return notification;
  }

  /** The citizen looked at it; the first time counts. */
  open(now: Date): void {
    this.readAt ??= now;
  }

  get isRead(): boolean {
    return this.readAt !== null;
  }
}
