import { Command, CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { Clock } from '../../../kernel/clock.js';
import { NotificationRepository } from '../domain/notification.repository.js';

/** «Отметить все прочитанными»: everything up to the moment the citizen saw the page; what came later stays unread. */
export class MarkAllRead extends Command<void> {
  constructor(
    readonly accountId: string,
    readonly upTo: Date,
  ) {
    super();
  }
}

@CommandHandler(MarkAllRead)
export class MarkAllReadHandler implements ICommandHandler<MarkAllRead> {
  constructor(
    private readonly notifications: NotificationRepository,
    private readonly clock: Clock,
  ) {}

  async execute({ accountId, upTo }: MarkAllRead): Promise<void> {
    await this.notifications.markAllRead(accountId, upTo, this.clock.now());
  }
}
