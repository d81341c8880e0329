import { type Delivery } from './delivery.js';
import { type Notification } from './notification.js';

/** Where the feed is kept. */
export abstract class NotificationRepository {
  /** True when this event was already told to this account. */
  abstract isTold(accountId: string, kind: string, eventId: string): Promise<boolean>;

  /**
   * Stores an entry of the feed with its deliveries, and others that it changed, in one transaction. A second entry for the
   * same account, kind and event is refused by the database.
   */
  abstract add(notification: Notification, deliveries: readonly Delivery[]): Promise<void>;

  /** Null when there is none or it is somebody else's. */
  abstract find(accountId: string, notificationId: string): Promise<Notification | null>;

  abstract save(notification: Notification): Promise<void>;

  /** Marks everything read that was there at `upTo`. */
  abstract markAllRead(accountId: string, upTo: Date, now: Date): Promise<void>;
}
