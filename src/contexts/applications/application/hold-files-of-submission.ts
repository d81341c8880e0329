import { CommandBus, EventsHandler, QueryBus } from '@nestjs/cqrs';
import { type Reaction } from '../../../kernel/domain-event.js';
import { HoldFiles } from '../../documents/public.js';
import { ApplicationSubmitted } from '../domain/service-application.events.js';
import { SubmittedFilesQuery } from './submitted-files.query.js';

/** Nothing removes from the cabinet the files that went out with an application. */
@EventsHandler(ApplicationSubmitted)
export class HoldFilesOfSubmission implements Reaction<ApplicationSubmitted> {
  constructor(
    private readonly queries: QueryBus,
    private readonly commands: CommandBus,
  ) {}

  async handle({ applicationId }: ApplicationSubmitted): Promise<void> {
    const fileIds = await this.queries.execute(new SubmittedFilesQuery(applicationId));
    if (fileIds.length > 0) await this.commands.execute(new HoldFiles(`application:${applicationId}`, fileIds));
  }
}
