import { type Answers, asFiles } from './answers.js';
import { type AttachedFile } from './attached-file.js';
import { DraftChanged, TooManyFiles } from './draft.errors.js';
import { MAX_FILES } from './filled-form.js';
import { AlreadySubmitted, IdempotencyKeyReused } from './submission.errors.js';

/** Drafts of one account, and of one service in it (fact sheet §7.3). */
export const MAX_DRAFTS = 50;
export const MAX_DRAFTS_OF_SERVICE = 10;

/** What came of a sent draft: a repeat of the same sending is answered with it. */
export interface SubmissionReceipt {
  readonly applicationId: string;
  readonly registrationNumber: string;
}

/** One sending of a draft: its idempotency key and the version of the draft that the citizen saw. */
export interface Sending {
  readonly key: string;
  readonly version: number;
}

/**
 * An application that is being filled: it may be incomplete and wrong. When it is sent, its answers go and the receipt stays,
 * which is the idempotency record of the submission.
 */
export class Draft {
  private applicationId: string | null = null;
  private registrationNumber: string | null = null;
  private sentKey: string | null = null;
  private sentVersion: number | null = null;
  /** Two applications with one key are the same for the service; freed when the application ends without a result. */
  private duplicateKey: string | null = null;
  readonly version: number = 1;

  private constructor(
    readonly id: string,
    readonly applicantId: string,
    readonly serviceCode: string,
    readonly formVersion: number,
    private answers: Answers,
    private progressPercent: number,
    readonly createdAt: Date,
    private updatedAt: Date,
  ) {}

  static start(id: string, applicantId: string, form: { code: string; version: number }, answers: Answers, progress: number, now: Date): Draft {
    return new Draft(id, applicantId, form.code, form.version, answers, progress, now, now);
  }

  get currentAnswers(): Answers {
    return this.answers;
  }

  get lastEditedAt(): Date {
    return this.updatedAt;
  }

  /** Throws DraftChanged unless `version` is the one the citizen saw, AlreadySubmitted once it was sent. */
  requireVersion(version: number): void {
    this.requireOpen();
    if (version !== this.version) throw new DraftChanged({ storedAt: this.updatedAt.toISOString() });
  }

  /** Takes all answers anew, right or wrong. */
  fill(answers: Answers, progressPercent: number, now: Date): void {
    this.requireOpen();
    this.answers = answers;
    this.progressPercent = progressPercent;
    this.updatedAt = now;
  }

  /** Adds a file to a field of files, which takes `most`; the same file is held once. Throws TooManyFiles. */
  attach(field: string, file: AttachedFile, most: number): void {
    this.requireOpen();
    const held = asFiles(this.answers[field]).filter(({ fileId }) => fileId !== file.fileId);
    if (held.length >= most) throw new TooManyFiles({ limit: most });
    const all = Object.values(this.answers).flatMap((answer) => asFiles(answer));
    if (new Set([...all.map(({ fileId }) => fileId), file.fileId]).size > MAX_FILES) throw new TooManyFiles({ limit: MAX_FILES });
    this.answers = { ...this.answers, [field]: [...held, file] };
  }

  /** Takes a file out of a field; one that is not there is no matter. */
  detach(field: string, fileId: string): void {
    this.requireOpen();
    this.answers = { ...this.answers, [field]: asFiles(this.answers[field]).filter((file) => file.fileId !== fileId) };
  }

  /**
   * The receipt when this very sending has already succeeded, null when nothing was sent yet. Throws AlreadySubmitted (with the number)
   * for another sending, IdempotencyKeyReused when the key comes with another version.
   */
  receiptOf({ key, version }: Sending): SubmissionReceipt | null {
    if (this.applicationId === null || this.registrationNumber === null) return null;
    const receipt = { applicationId: this.applicationId, registrationNumber: this.registrationNumber };
    if (key !== this.sentKey) throw new AlreadySubmitted(receipt);
    if (version !== this.sentVersion) throw new IdempotencyKeyReused();
    return receipt;
  }

  /** Closes the draft with its application, in the transaction that stores the application. */
  close(receipt: SubmissionReceipt, { key, version }: Sending, duplicateKey: string | null, now: Date): void {
    this.requireVersion(version);
    this.applicationId = receipt.applicationId;
    this.registrationNumber = receipt.registrationNumber;
    this.sentKey = key;
    this.sentVersion = version;
    this.duplicateKey = duplicateKey;
    this.answers = {};
    this.updatedAt = now;
  }

  /** The application ended without a result: the same may be asked for again. */
  allowRepeat(): void {
    this.duplicateKey = null;
  }

  /** Throws AlreadySubmitted once it was sent. */
  requireOpen(): void {
    if (this.applicationId !== null && this.registrationNumber !== null)
      throw new AlreadySubmitted({ applicationId: this.applicationId, registrationNumber: this.registrationNumber });
  }
}
