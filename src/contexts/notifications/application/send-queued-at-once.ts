import { CommandBus, EventsHandler } from '@nestjs/cqrs';
import { type Reaction } from '../../../kernel/domain-event.js';
import { NotificationQueued } from '../domain/notification.events.js';
import { SendDeliveries } from './send-deliveries.js';

/** The first attempt does not wait for the sweep; whatever it leaves undone the sweep finds. */
@EventsHandler(NotificationQueued)
export class SendQueuedAtOnce implements Reaction<NotificationQueued> {
  constructor(private readonly commands: CommandBus) {}

  async handle({ notificationId }: NotificationQueued): Promise<void> {
    await this.commands.execute(new SendDeliveries(notificationId));
  }
}
