import { Command, CommandHandler, type ICommandHandler, QueryBus } from '@nestjs/cqrs';
import { Clock } from '../../../kernel/clock.js';
import { type Answers } from '../domain/answers.js';
import { type ApplicantFacts } from '../domain/applicant-facts.js';
import { DocumentNotOffered, DraftNotFound } from '../domain/draft.errors.js';
import { DraftRepository } from '../domain/draft.repository.js';
import { type FormDefinition } from '../domain/form-definition.js';
import { answerFrom, fittingDocuments, followFacts } from '../domain/prefill.js';
import { takeStep } from '../domain/typed-answers.js';
import { factsAbout, readDraftForm } from './applicant-facts.js';
import { ServiceCatalogue } from './ports/service-catalogue.js';

/**
 * Keeps what one page of the form holds, right or wrong: «Сохранить черновик», «Продолжить» and the autosave alike; «Подставить из личного
 * кабинета» takes the answer to one question of the page from a document besides. Throws DraftChanged when the draft was saved elsewhere
 * since `version`, UnknownField, UnstorableAnswer, DocumentNotOffered.
 */
export class SaveDraft extends Command<SavedDraft> {
  constructor(
    readonly draftId: string,
    readonly applicantId: string,
    readonly version: number,
    readonly step: string,
    readonly typed: Readonly<Record<string, unknown>>,
    readonly takeOver: TakenRequisites | null = null,
  ) {
    super();
  }
}

/** A question and the document of the cabinet that answers it. */
export interface TakenRequisites {
  readonly field: string;
  readonly documentId: string;
}

export interface SavedDraft {
  readonly version: number;
  readonly savedAt: Date;
  /** Nothing on the page is missing or wrong. */
  readonly stepDone: boolean;
  /** The next page that applies; null after the last one. */
  readonly nextStep: string | null;
}

@CommandHandler(SaveDraft)
export class SaveDraftHandler implements ICommandHandler<SaveDraft> {
  constructor(
    private readonly drafts: DraftRepository,
    private readonly catalogue: ServiceCatalogue,
    private readonly queries: QueryBus,
    private readonly clock: Clock,
  ) {}

  async execute({ draftId, applicantId, version, step, typed, takeOver }: SaveDraft): Promise<SavedDraft> {
    const draft = await this.drafts.get(draftId, applicantId);
    draft.requireVersion(version);
    const form = await this.catalogue.form(draft.serviceCode, draft.formVersion);
    const facts = await factsAbout(this.queries, applicantId, form);
    const followed = followFacts(form, draft.currentAnswers, answersWith(form, step, typed, draft.currentAnswers), facts);
    const answers = takeOver ? { ...followed, ...takenFrom(takeOver, form, step, followed, facts) } : followed;
    const now = this.clock.now();
    const filled = await readDraftForm(this.catalogue, form, answers, now, { facts });
    draft.fill(filled.kept, filled.progressPercent, now);
    await this.drafts.save(draft);
    const place = filled.steps.findIndex((candidate) => candidate.step.code === step);
    return {
      version: draft.version,
      savedAt: now,
      stepDone: filled.isDone(step),
      nextStep: filled.steps[place + 1]?.step.code ?? null,
    };
  }
}

/** Throws DraftNotFound when the form has no such page. */
export function answersWith(form: FormDefinition, stepCode: string, typed: Readonly<Record<string, unknown>>, before: Answers): Answers {
  const step = form.steps.find(({ code }) => code === stepCode);
  if (!step) throw new DraftNotFound();
  return takeStep(step, typed, before);
}

function takenFrom({ field: name, documentId }: TakenRequisites, form: FormDefinition, stepCode: string, answers: Answers, facts: ApplicantFacts): Answers {
  const field = form.steps.find(({ code }) => code === stepCode)?.fields.find((candidate) => candidate.name === name);
  const document = field && fittingDocuments(field, answers, form, facts).find((candidate) => candidate.documentId === documentId);
  const answer = document && answerFrom(field, document);
  if (answer === undefined) throw new DocumentNotOffered({ field: name.slice(0, 60) });
  return { [name]: answer };
}
