import { CommandBus, EventsHandler } from '@nestjs/cqrs';
import { type Reaction } from '../../../kernel/domain-event.js';
import { SignedIn } from '../../identity/public.js';
import { EsiaAccessEnded } from '../domain/person.errors.js';
import { RefreshProfile } from './refresh-profile.js';

/** Reads the person anew at every sign-in. A session that ended before the reaction ran has nothing left to read with. */
@EventsHandler(SignedIn)
export class RefreshProfileOnSignedIn implements Reaction<SignedIn> {
  constructor(private readonly commands: CommandBus) {}

  async handle({ accountId, sessionId }: SignedIn): Promise<void> {
    try {
      await this.commands.execute(new RefreshProfile(accountId, sessionId));
    } catch (error) {
      if (!(error instanceof EsiaAccessEnded)) throw error;
    }
  }
}
