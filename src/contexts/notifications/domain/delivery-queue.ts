import { type Delivery } from './delivery.js';

/** Deliveries waiting for their time. */
export abstract class DeliveryQueue {
  /**
   * Takes up to `limit` due deliveries, oldest first, for this sender alone, and commits that before it returns. With
   * `notificationId` only those of one notification.
   */
  abstract takeDue(now: Date, limit: number, notificationId?: string): Promise<readonly Delivery[]>;

  /** Deliveries of this account that still wait and are about this. */
  abstract waitingAbout(accountId: string, about: string): Promise<readonly Delivery[]>;

  /** Stores what became of a taken delivery. */
  abstract save(delivery: Delivery): Promise<void>;
}
