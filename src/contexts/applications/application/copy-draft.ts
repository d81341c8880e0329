import { Command, CommandBus, CommandHandler, type ICommandHandler, QueryBus } from '@nestjs/cqrs';
import { Clock } from '../../../kernel/clock.js';
import { Ids } from '../../../kernel/ids.js';
import { HoldFiles } from '../../documents/public.js';
import { asFiles } from '../domain/answers.js';
import { DraftRepository } from '../domain/draft.repository.js';
import { Draft } from '../domain/draft.js';
import { factsAbout, readDraftForm } from './applicant-facts.js';
import { draftHolder } from './hold-attachments.js';
import { ServiceCatalogue } from './ports/service-catalogue.js';
import { answersWith } from './save-draft.js';
import { requireRoom } from './start-draft.js';

/** «Сохранить как копию»: when a draft was changed elsewhere, what was typed here becomes a draft of its own. Returns its id. */
export class CopyDraft extends Command<string> {
  constructor(
    readonly draftId: string,
    readonly applicantId: string,
    readonly step: string,
    readonly typed: Readonly<Record<string, unknown>>,
  ) {
    super();
  }
}

@CommandHandler(CopyDraft)
export class CopyDraftHandler implements ICommandHandler<CopyDraft> {
  constructor(
    private readonly drafts: DraftRepository,
    private readonly catalogue: ServiceCatalogue,
    private readonly queries: QueryBus,
    private readonly commands: CommandBus,
    private readonly ids: Ids,
    private readonly clock: Clock,
  ) {}

  async execute({ draftId, applicantId, step, typed }: CopyDraft): Promise<string> {
    const original = await this.drafts.get(draftId, applicantId);
    await requireRoom(this.drafts, applicantId, original.serviceCode);
    const form = await this.catalogue.form(original.serviceCode, original.formVersion);
    const facts = await factsAbout(this.queries, applicantId, form);
    const now = this.clock.now();
    const filled = await readDraftForm(this.catalogue, form, answersWith(form, step, typed, original.currentAnswers), now, { facts });
    const service = { code: original.serviceCode, version: original.formVersion };
    const copy = Draft.start(this.ids.next(), applicantId, service, filled.kept, filled.progressPercent, now);
    const fileIds = Object.values(filled.kept).flatMap((answer) => asFiles(answer).map(({ fileId }) => fileId));
    if (fileIds.length > 0) await this.commands.execute(new HoldFiles(draftHolder(copy.id), fileIds));
    await this.drafts.save(copy);
    return copy.id;
  }
}
