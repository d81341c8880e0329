import { Command, CommandHandler, type ICommandHandler, QueryBus } from '@nestjs/cqrs';
import { Clock } from '../../../kernel/clock.js';
import { DraftRepository } from '../domain/draft.repository.js';
import { factsAbout, readDraftForm } from './applicant-facts.js';
import { ServiceCatalogue } from './ports/service-catalogue.js';

/** Takes a file out of a field; the file itself stays in the cabinet. Repeating it changes nothing. */
export class DetachFile extends Command<void> {
  constructor(
    readonly draftId: string,
    readonly applicantId: string,
    readonly field: string,
    readonly fileId: string,
  ) {
    super();
  }
}

@CommandHandler(DetachFile)
export class DetachFileHandler implements ICommandHandler<DetachFile> {
  constructor(
    private readonly drafts: DraftRepository,
    private readonly catalogue: ServiceCatalogue,
    private readonly queries: QueryBus,
    private readonly clock: Clock,
  ) {}

  async execute({ draftId, applicantId, field, fileId }: DetachFile): Promise<void> {
    const draft = await this.drafts.get(draftId, applicantId);
    const form = await this.catalogue.form(draft.serviceCode, draft.formVersion);
    draft.detach(field, fileId);
    const now = this.clock.now();
    const facts = await factsAbout(this.queries, applicantId, form);
    const filled = await readDraftForm(this.catalogue, form, draft.currentAnswers, now, { facts });
    draft.fill(filled.kept, filled.progressPercent, now);
    await this.drafts.save(draft);
  }
}
