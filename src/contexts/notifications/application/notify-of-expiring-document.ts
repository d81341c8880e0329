import { CommandBus, EventsHandler } from '@nestjs/cqrs';
import { type EventEnvelope, type Reaction } from '../../../kernel/domain-event.js';
import { DocumentExpires } from '../../documents/public.js';
import { documentEnds, documentPage } from './links.js';
import { Notify } from './notify.js';

/** A nearer step silences the message of the one before, should that still wait for the morning. */
@EventsHandler(DocumentExpires)
export class NotifyOfExpiringDocument implements Reaction<DocumentExpires> {
  constructor(private readonly commands: CommandBus) {}

  async handle(event: DocumentExpires, { id }: EventEnvelope): Promise<void> {
    const { documentId, ownerId, kindCode, expiresOn, step } = event;
    const ends = documentEnds(documentId);
    const topic = step === 0 ? 'document-expires-today' : 'document-expires';
    const relation = { link: documentPage(documentId), about: ends, settles: ends };
    await this.commands.execute(new Notify(ownerId, id, topic, { kindCode, expiresOn }, relation));
  }
}
