import { Command, CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { Clock } from '../../../kernel/clock.js';
import { NotificationNotFound } from '../domain/notification.errors.js';
import { NotificationRepository } from '../domain/notification.repository.js';

/** The citizen opens an entry of the feed: it counts as read. Answers the page it leads to. Throws NotificationNotFound. */
export class OpenNotification extends Command<{ readonly link: string | null }> {
  constructor(
    readonly accountId: string,
    readonly notificationId: string,
  ) {
    super();
  }
}

@CommandHandler(OpenNotification)
export class OpenNotificationHandler implements ICommandHandler<OpenNotification> {
  constructor(
    private readonly notifications: NotificationRepository,
    private readonly clock: Clock,
  ) {}

  async execute({ accountId, notificationId }: OpenNotification): Promise<{ link: string | null }> {
    const notification = await this.notifications.find(accountId, notificationId);
    if (!notification) throw new NotificationNotFound();
    notification.open(this.clock.now());
    await this.notifications.save(notification);
    return { link: notification.link };
  }
}
