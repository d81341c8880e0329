import { CommandBus, EventsHandler } from '@nestjs/cqrs';
import { type EventEnvelope, type Reaction } from '../../../kernel/domain-event.js';
import { FileFoundInfected } from '../../documents/public.js';
import { DOCUMENTS_PAGE } from './links.js';
import { Notify } from './notify.js';

/** A virus was found after the file had been taken: its owner has to bring another one. */
@EventsHandler(FileFoundInfected)
export class NotifyOfInfectedFile implements Reaction<FileFoundInfected> {
  constructor(private readonly commands: CommandBus) {}

  async handle({ ownerId }: FileFoundInfected, { id }: EventEnvelope): Promise<void> {
    await this.commands.execute(new Notify(ownerId, id, 'file-infected', {}, { link: DOCUMENTS_PAGE }));
  }
}
