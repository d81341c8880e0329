import { AggregateRoot } from '../../../kernel/aggregate-root.js';
import { legalDayOf } from '../../../kernel/legal-day.js';
import { type AnswerSnapshot, type FileSnapshot } from './answer-snapshot.js';
import { type ApplicationStatus } from './application-status.js';
import { type Actor, mayMove } from './application-transitions.js';
import { type AttachedFile, filesOfPaper, type Paper } from './attached-file.js';
import { ApplicationChanged, IllegalTransition, RespondByNotAhead, TextOutOfBounds } from './service-application.errors.js';
import { ApplicationStatusChanged, ApplicationSubmitted } from './service-application.events.js';
import { type CaseWorker, StatusEntry } from './status-entry.js';

/** Longest comment, question, answer or reason, in characters (fact sheet §7.4). */
export const MAX_TEXT = 4000;

/** What a citizen hands in; a snapshot that later edits of profile, documents or the form do not touch. */
export interface Submission {
  readonly id: string;
  readonly applicantId: string;
  /** `78-YYYY-NNNNNNNN`. */
  readonly registrationNumber: string;
  readonly serviceCode: string;
  readonly serviceTitle: string;
  readonly authorityCode: string;
  /** Name of the authority as the citizen reads it. */
  readonly authorityTitle: string;
  readonly formVersion: number;
  readonly answers: AnswerSnapshot;
  readonly files: readonly FileSnapshot[];
  /** First instant after the service's term; see `service-term.ts`. */
  readonly dueAt: Date;
  readonly submittedAt: Date;
}

/** A decision in the words and with the document of the authority. */
export interface Decision extends Paper {
  readonly reason: string;
}

/** A refusal names the norm it rests on. */
export interface Refusal extends Decision {
  readonly legalGround: string;
}

/** A submitted application: its content never changes, its status moves along the table in `application-transitions.ts`. */
export class ServiceApplication extends AggregateRoot {
  private newEntries?: StatusEntry[];
  private status: ApplicationStatus = 'SUBMITTED';
  private statusBeforeCancelling: ApplicationStatus | null = null;
  /** When it came into the authority's queue; before that the authority does not see it. */
  private sentAt: Date | null = null;
  private respondBy: string | null = null;
  /** Lines of history so far: what a page showed is stale when it showed another number of them. */
  private historyLength = 0;
  /** Instant of EXECUTED or REFUSED: «дата ответа». */
  private answeredAt: Date | null = null;

  private constructor(
    readonly id: string,
    readonly applicantId: string,
    readonly registrationNumber: string,
    readonly serviceCode: string,
    readonly serviceTitle: string,
    readonly authorityCode: string,
    readonly authorityTitle: string,
    readonly formVersion: number,
    readonly answers: AnswerSnapshot,
    readonly files: readonly FileSnapshot[],
    readonly dueAt: Date,
    readonly submittedAt: Date,
  ) {
    super();
  }

  static submit(from: Submission): ServiceApplication {
    const application = new ServiceApplication(
      from.id,
      from.applicantId,
      from.registrationNumber,
      from.serviceCode,
      from.serviceTitle,
      from.authorityCode,
      from.authorityTitle,
      from.formVersion,
      from.answers,
      from.files,
      from.dueAt,
      from.submittedAt,
    );
    application.append('APPLICANT', from.submittedAt, {});
    application.record(
      new ApplicationSubmitted(from.id, from.applicantId, from.registrationNumber, from.serviceCode, from.submittedAt.toISOString()),
    );
    return application;
  }

  /** Puts it into the authority's queue. A repeat, or one that was withdrawn meanwhile, is left as it is. */
  send(now: Date): void {
    if (this.status !== 'SUBMITTED') return;
    this.move('SENT', 'SYSTEM', now);
    this.sentAt = now;
  }

  get isSent(): boolean {
    return this.sentAt !== null;
  }

  /** Throws ApplicationChanged unless the person decided on exactly these `lines` of history. */
  expectSeen(lines: number): void {
    if (lines !== this.historyLength) throw new ApplicationChanged();
  }

  accept(by: CaseWorker, now: Date): void {
    this.move('ACCEPTED', 'AUTHORITY', now, { by });
  }

  /** Tells the citizen how far it is, with a notice if there is one; may be repeated. */
  report(by: CaseWorker, comment: string, notice: Paper | null, now: Date): void {
    this.move('IN_PROGRESS', 'AUTHORITY', now, { by, comment: textOf('comment', comment), attachments: notice ? filesOfPaper(notice) : [] });
  }

  /** Asks the citizen for something until the end of `respondBy` (`YYYY-MM-DD`, Moscow), a day after today. */
  requestInfo(by: CaseWorker, question: string, respondBy: string, now: Date): void {
    if (respondBy <= legalDayOf(now)) throw new RespondByNotAhead({ respondBy });
    this.move('AWAITING_INFO', 'AUTHORITY', now, { by, comment: textOf('comment', question), respondBy });
  }

  /** The citizen's answer; still taken after `respondBy` while the authority has not decided. */
  answer(text: string, attachments: readonly AttachedFile[], now: Date): void {
    this.move('IN_PROGRESS', 'APPLICANT', now, { comment: textOf('answer', text), attachments });
  }

  execute(by: CaseWorker, decision: Decision, now: Date): void {
    this.decide('EXECUTED', by, decision, null, now);
  }

  refuse(by: CaseWorker, refusal: Refusal, now: Date): void {
    this.decide('REFUSED', by, refusal, textOf('legalGround', refusal.legalGround), now);
  }

  /** The citizen takes it back: at once while it was not sent, else the authority confirms. */
  withdraw(now: Date): void {
    const before = this.status;
    if (mayMove(before, 'CANCELLED', 'APPLICANT')) return this.move('CANCELLED', 'APPLICANT', now);
    this.move('CANCELLING', 'APPLICANT', now);
    this.statusBeforeCancelling = before;
  }

  confirmCancellation(by: CaseWorker, now: Date): void {
    this.move('CANCELLED', 'AUTHORITY', now, { by });
  }

  /** «Неподтверждённая отмена»: back to the status before the withdrawal, with the time to answer it had. */
  declineCancellation(by: CaseWorker, reason: string, now: Date): void {
    const back = this.statusBeforeCancelling;
    if (this.status !== 'CANCELLING' || !back) throw new IllegalTransition({ from: this.status, to: 'BEFORE_CANCELLING' });
    const comment = textOf('reason', reason);
    this.status = back;
    this.statusBeforeCancelling = null;
    this.append('AUTHORITY', now, { by, comment, cancellationDeclined: true });
    this.announce(now);
  }

  /** Hands the new lines of history over once, in order; they are stored with the application. */
  pullEntries(): StatusEntry[] {
    const entries = this.newEntries ?? [];
    delete this.newEntries;
    return entries;
  }

  private decide(to: 'EXECUTED' | 'REFUSED', by: CaseWorker, decision: Decision, legalGround: string | null, now: Date): void {
    this.move(to, 'AUTHORITY', now, { by, comment: textOf('reason', decision.reason), legalGround, attachments: filesOfPaper(decision) });
    this.answeredAt = now;
  }

  private move(to: ApplicationStatus, actor: Actor, now: Date, what: Particulars = {}): void {
    if (!mayMove(this.status, to, actor)) throw new IllegalTransition({ from: this.status, to });
    this.status = to;
    // A withdrawal may be declined, and the question then stands again with its day.
    if (to !== 'CANCELLING') {
      this.respondBy = what.respondBy ?? null;
      this.statusBeforeCancelling = null;
    }
    this.append(actor, now, what);
    this.announce(now);
  }

  private append(actor: Actor, at: Date, what: Particulars): void {
    this.historyLength += 1;
    (this.newEntries ??= []).push(
      new StatusEntry(
        this.id,
        this.historyLength,
        this.status,
        what.cancellationDeclined ?? false,
        at,
        actor,
        what.by?.staffId ?? null,
        what.by?.name ?? null,
        what.comment ?? null,
        what.legalGround ?? null,
        what.respondBy ?? null,
        what.attachments ?? [],
      ),
    );
  }

  private announce(now: Date): void {
    const { id, applicantId, registrationNumber, serviceCode, status } = this;
    const respondBy = status === 'AWAITING_INFO' ? this.respondBy : null;
    this.record(new ApplicationStatusChanged(id, applicantId, registrationNumber, serviceCode, status, now.toISOString(), respondBy));
  }
}

interface Particulars {
  readonly by?: CaseWorker;
  readonly comment?: string;
  readonly legalGround?: string | null;
  readonly respondBy?: string;
  readonly attachments?: readonly AttachedFile[];
  readonly cancellationDeclined?: boolean;
}

const textOf = (what: string, text: string): string => {
  const trimmed = text.trim();
  if (!trimmed || trimmed.length > MAX_TEXT) throw new TextOutOfBounds({ what, max: MAX_TEXT });
  return trimmed;
};
