import { Command, CommandHandler, type ICommandHandler, QueryBus } from '@nestjs/cqrs';
import { type AccountLevel, isAtLeast } from '../../../kernel/account-level.js';
import { Clock } from '../../../kernel/clock.js';
import { Ids } from '../../../kernel/ids.js';
import { legalDayOf } from '../../../kernel/legal-day.js';
import { StoredFilesQuery } from '../../documents/public.js';
import { asFiles } from '../domain/answers.js';
import { NOTHING_KNOWN } from '../domain/applicant-facts.js';
import { DraftChanged } from '../domain/draft.errors.js';
import { type Draft, type SubmissionReceipt } from '../domain/draft.js';
import { type FilledForm } from '../domain/filled-form.js';
import { admissionAt } from '../domain/filing-window.js';
import { type FormDefinition } from '../domain/form-definition.js';
import { fieldsOf } from '../domain/prefill.js';
import { registrationNumber } from '../domain/registration-number.js';
import { ServiceApplication } from '../domain/service-application.js';
import { dueAt } from '../domain/service-term.js';
import {
  AccountLevelTooLow,
  ApplicantTypeNotAllowed,
  FormNotComplete,
  ServiceClosed,
  WindowClosed,
  WindowNotOpen,
} from '../domain/submission.errors.js';
import { factsAbout, readDraftForm } from './applicant-facts.js';
import { ServiceCatalogue } from './ports/service-catalogue.js';
import { Submissions } from './ports/submissions.js';

/**
 * «Отправить заявление». The guards run in the order of fact sheet §7.3, each with its refusal. The same `key` and `version` again is
 * answered with the same receipt; of two sendings of one draft one wins and the other gets AlreadySubmitted with the number.
 */
export class SubmitApplication extends Command<SubmissionReceipt> {
  constructor(
    readonly draftId: string,
    readonly applicantId: string,
    readonly level: AccountLevel,
    /** Version of the draft that the citizen checked. */
    readonly version: number,
    /** Idempotency key of this sending, a UUID rendered into the form. */
    readonly key: string,
  ) {
    super();
  }
}

@CommandHandler(SubmitApplication)
export class SubmitApplicationHandler implements ICommandHandler<SubmitApplication> {
  constructor(
    private readonly catalogue: ServiceCatalogue,
    private readonly submissions: Submissions,
    private readonly queries: QueryBus,
    private readonly ids: Ids,
    private readonly clock: Clock,
  ) {}

  async execute(command: SubmitApplication): Promise<SubmissionReceipt> {
    const { draftId, applicantId, version, key } = command;
    const draft = await this.submissions.draft(draftId, applicantId);
    const earlier = draft.receiptOf({ key, version });
    if (earlier) return earlier;
    const form = await this.catalogue.form(draft.serviceCode, draft.formVersion);
    const now = this.clock.now();
    await this.requireAdmission(command, draft, form, now);
    draft.requireVersion(version);
    const filled = await this.requireComplete(draft, form, now);

    const year = Number(legalDayOf(now).slice(0, 4));
    const receipt = {
      applicationId: this.ids.next(),
      registrationNumber: registrationNumber(year, await this.submissions.nextNumber(year)),
    };
    const { duplicateKey } = filled;
    draft.close(receipt, { key, version }, duplicateKey === null ? null : this.submissions.seal(duplicateKey), now);
    const application = ServiceApplication.submit({
      id: receipt.applicationId,
      applicantId,
      registrationNumber: receipt.registrationNumber,
      serviceCode: form.service.code,
      serviceTitle: form.title,
      authorityCode: filled.authority.code,
      authorityTitle: filled.authority.title,
      formVersion: form.version,
      answers: filled.print(),
      files: filled.files,
      dueAt: dueAt(now, form.term),
      submittedAt: now,
    });
    try {
      await this.submissions.commit(application, draft);
      return receipt;
    } catch (refusal) {
      if (!(refusal instanceof DraftChanged)) throw refusal;
      return this.answerToTheSlower(command, refusal);
    }
  }

  private async requireAdmission(
    { level }: SubmitApplication,
    draft: Draft,
    form: FormDefinition,
    now: Date,
  ): Promise<void> {
    const { requiredLevel, applicantTypes, code } = form.service;
    const service = await this.catalogue.service(code);
    if (!service.active) throw new ServiceClosed();
    if (!isAtLeast(level, requiredLevel)) throw new AccountLevelTooLow({ requiredLevel, currentLevel: level });
    if (!applicantTypes.includes('PERSON')) throw new ApplicantTypeNotAllowed();
    const admission = admissionAt(form.windows, now);
    if (admission.open) return;
    const opensAt = admission.run.opensAt.toISOString();
    if (draft.createdAt < admission.lastClosedAt)
      throw new WindowClosed({ closedAt: admission.lastClosedAt.toISOString(), opensAt });
    throw new WindowNotOpen({ opensAt });
  }

  private async requireComplete(draft: Draft, form: FormDefinition, now: Date): Promise<FilledForm> {
    const { applicantId, currentAnswers } = draft;
    const fileIds = Object.values(currentAnswers).flatMap((answer) => asFiles(answer).map(({ fileId }) => fileId));
    const asksTheProfile = fieldsOf(form).some(({ type }) => type === 'childRef' || type === 'vehicleRef');
    const [facts, stored] = await Promise.all([
      asksTheProfile ? factsAbout(this.queries, applicantId, form) : NOTHING_KNOWN,
      fileIds.length > 0 ? this.queries.execute(new StoredFilesQuery(applicantId, fileIds)) : [],
    ]);
    const filesAtHand = new Set(stored.map(({ fileId }) => fileId));
    const filled = await readDraftForm(this.catalogue, form, currentAnswers, now, { facts, filesAtHand });
    if (!filled.complete) throw new FormNotComplete({ count: filled.faults.length + filled.brokenRules.length });
    return filled;
  }

  /** The draft was sent or saved between our reading and our writing: the receipt, or a refusal that says when. */
  private async answerToTheSlower(
    { draftId, applicantId, version, key }: SubmitApplication,
    refusal: DraftChanged,
  ): Promise<SubmissionReceipt> {
    const stored = await this.submissions.draft(draftId, applicantId);
    const receipt = stored.receiptOf({ key, version });
    if (receipt) return receipt;
    stored.requireVersion(version);
    throw refusal;
  }
}
