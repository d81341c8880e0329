import { Command, CommandHandler, type ICommandHandler, QueryBus } from '@nestjs/cqrs';
import { Clock } from '../../../kernel/clock.js';
import { Ids } from '../../../kernel/ids.js';
import { TooManyDrafts } from '../domain/draft.errors.js';
import { DraftRepository } from '../domain/draft.repository.js';
import { Draft, MAX_DRAFTS, MAX_DRAFTS_OF_SERVICE } from '../domain/draft.js';
import { firstAnswers, followFacts } from '../domain/prefill.js';
import { ServiceClosed } from '../domain/submission.errors.js';
import { takeAhead } from '../domain/typed-answers.js';
import { factsAbout, readDraftForm } from './applicant-facts.js';
import { ServiceCatalogue } from './ports/service-catalogue.js';

/**
 * Begins an application: a draft with all that the portal knows filled in, and with answers `given` ahead of the form. Allowed at every
 * account level. Returns its id. Throws ServiceClosed, TooManyDrafts, UnknownField, UnstorableAnswer.
 */
export class StartDraft extends Command<string> {
  constructor(
    readonly applicantId: string,
    readonly serviceCode: string,
    /** By field name, as typed. */
    readonly given: Readonly<Record<string, unknown>> = {},
  ) {
    super();
  }
}

@CommandHandler(StartDraft)
export class StartDraftHandler implements ICommandHandler<StartDraft> {
  constructor(
    private readonly drafts: DraftRepository,
    private readonly catalogue: ServiceCatalogue,
    private readonly queries: QueryBus,
    private readonly ids: Ids,
    private readonly clock: Clock,
  ) {}

  async execute({ applicantId, serviceCode, given }: StartDraft): Promise<string> {
    const service = await this.catalogue.service(serviceCode);
    if (!service.active) throw new ServiceClosed();
    await requireRoom(this.drafts, applicantId, serviceCode);
    const form = await this.catalogue.form(serviceCode, service.formVersion);
    const now = this.clock.now();
    const facts = await factsAbout(this.queries, applicantId, form);
    const known = firstAnswers(form, facts);
    const answers = followFacts(form, known, takeAhead(form, given, known), facts);
    const filled = await readDraftForm(this.catalogue, form, answers, now, { facts });
    const draft = Draft.start(this.ids.next(), applicantId, { code: serviceCode, version: form.version }, answers, filled.progressPercent, now);
    await this.drafts.save(draft);
    return draft.id;
  }
}

/** Throws TooManyDrafts. */
export async function requireRoom(drafts: DraftRepository, applicantId: string, serviceCode: string): Promise<void> {
  const { all, ofService } = await drafts.count(applicantId, serviceCode);
  if (all >= MAX_DRAFTS) throw new TooManyDrafts({ limit: MAX_DRAFTS });
  if (ofService >= MAX_DRAFTS_OF_SERVICE) throw new TooManyDrafts({ limit: MAX_DRAFTS_OF_SERVICE });
}
