import { CommandBus, EventsHandler } from '@nestjs/cqrs';
import { type EventEnvelope, type Reaction } from '../../../kernel/domain-event.js';
import { SignedIn } from '../../identity/public.js';
import { Notify } from './notify.js';

/** The owner of an account hears of every sign-in, so that a stranger's one does not pass unseen. */
@EventsHandler(SignedIn)
export class NotifyOfSignIn implements Reaction<SignedIn> {
  constructor(private readonly commands: CommandBus) {}

  async handle({ accountId }: SignedIn, { id, occurredAt }: EventEnvelope): Promise<void> {
    await this.commands.execute(new Notify(accountId, id, 'signed-in', { signedInAt: occurredAt }, { link: null }));
  }
}
