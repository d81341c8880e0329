import { CommandBus, EventsHandler } from '@nestjs/cqrs';
import { type EventEnvelope, type Reaction } from '../../../kernel/domain-event.js';
import { FineFound } from '../../payments/public.js';
import { fineDue, finePage } from './links.js';
import { Notify } from './notify.js';

@EventsHandler(FineFound)
export class NotifyOfFoundFine implements Reaction<FineFound> {
  constructor(private readonly commands: CommandBus) {}

  async handle(
    { fineId, accountId, amountKopecks, discountedKopecks, discountUntil }: FineFound,
    { id }: EventEnvelope,
  ): Promise<void> {
    const hasDiscount = discountedKopecks !== null && discountUntil !== null;
    const topic = hasDiscount ? 'fine-found-with-discount' : 'fine-found';
    const facts = { amountKopecks, discountedKopecks, discountUntil };
    await this.commands.execute(
      new Notify(accountId, id, topic, facts, { link: finePage(fineId), about: fineDue(fineId) }),
    );
  }
}
