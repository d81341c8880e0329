import { CommandBus, EventsHandler } from '@nestjs/cqrs';
import { type Reaction } from '../../../kernel/domain-event.js';
import { ProfileRefreshed } from '../../profile/public.js';
import { MirrorEsiaDocuments } from './mirror-esia-documents.js';

/** Documents follow every reading of the person at ESIA. */
@EventsHandler(ProfileRefreshed)
export class MirrorOnProfileRefreshed implements Reaction<ProfileRefreshed> {
  constructor(private readonly commands: CommandBus) {}

  async handle({ accountId }: ProfileRefreshed): Promise<void> {
    await this.commands.execute(new MirrorEsiaDocuments(accountId));
  }
}
