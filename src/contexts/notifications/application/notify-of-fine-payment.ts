import { CommandBus, EventsHandler } from '@nestjs/cqrs';
import { type EventEnvelope, type Reaction } from '../../../kernel/domain-event.js';
import { FinePaid, FinePaymentFailed } from '../../payments/public.js';
import { fineDue, finePage } from './links.js';
import { Notify } from './notify.js';

/** A paid fine also silences the message that it is due, should that one still wait for the morning. */
@EventsHandler(FinePaid)
export class NotifyOfPaidFine implements Reaction<FinePaid> {
  constructor(private readonly commands: CommandBus) {}

  async handle({ fineId, accountId, amountKopecks }: FinePaid, { id }: EventEnvelope): Promise<void> {
    const relation = { link: finePage(fineId), settles: fineDue(fineId) };
    await this.commands.execute(new Notify(accountId, id, 'fine-paid', { amountKopecks }, relation));
  }
}

@EventsHandler(FinePaymentFailed)
export class NotifyOfFailedFinePayment implements Reaction<FinePaymentFailed> {
  constructor(private readonly commands: CommandBus) {}

  async handle({ fineId, accountId }: FinePaymentFailed, { id }: EventEnvelope): Promise<void> {
    await this.commands.execute(new Notify(accountId, id, 'fine-payment-failed', {}, { link: finePage(fineId) }));
  }
}
