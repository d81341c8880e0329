import { Command, CommandBus, CommandHandler, type ICommandHandler, QueryBus } from '@nestjs/cqrs';
import { Clock } from '../../../kernel/clock.js';
import { ServiceApplicationRepository } from '../domain/service-application.repository.js';
import { holdAttachments } from './hold-attachments.js';

/** The citizen answers what the authority asked. */
export class AnswerRequest extends Command<void> {
  constructor(
    readonly applicationId: string,
    readonly applicantId: string,
    /** Lines of history that the page showed. */
    readonly seenLines: number,
    /** 1–4000 characters. */
    readonly text: string,
    /** Files of the citizen, fresh or from the cabinet. */
    readonly fileIds: readonly string[],
  ) {
    super();
  }
}

@CommandHandler(AnswerRequest)
export class AnswerRequestHandler implements ICommandHandler<AnswerRequest> {
  constructor(
    private readonly applications: ServiceApplicationRepository,
    private readonly queries: QueryBus,
    private readonly commands: CommandBus,
    private readonly clock: Clock,
  ) {}

  async execute({ applicationId, applicantId, seenLines, text, fileIds }: AnswerRequest): Promise<void> {
    const application = await this.applications.ofApplicant(applicationId, applicantId);
    application.expectSeen(seenLines);
    const attachments = await holdAttachments(this.queries, this.commands, application.id, applicantId, fileIds);
    application.answer(text, attachments, this.clock.now());
    await this.applications.save(application);
  }
}
