import { DomainEvent } from '../../../kernel/domain-event.js';

/** A notification was made that also has to leave the portal: its deliveries wait in the queue. */
export class NotificationQueued extends DomainEvent {
  static override readonly type = 'notifications.queued.v1';
  constructor(readonly notificationId: string) {
    super();
  }
}
