import { Query } from '@nestjs/cqrs';
import { type Answers } from '../domain/answers.js';
import { type Surroundings } from '../domain/field-reading.js';
import { type FilledForm } from '../domain/filled-form.js';
import { type Admission } from '../domain/filing-window.js';
import { type SubmissionReceipt } from '../domain/draft.js';

/** A draft with its form, for every page on which it is filled. Null when there is none or it is someone else's. */
export class DraftQuery extends Query<DraftView | null> {
  constructor(
    readonly draftId: string,
    readonly applicantId: string,
  ) {
    super();
  }
}

export interface DraftView {
  readonly id: string;
  readonly version: number;
  readonly updatedAt: Date;
  /** As typed. */
  readonly answers: Answers;
  readonly form: FilledForm;
  /** What the choices of the form come from. */
  readonly around: Surroundings;
  readonly admission: Admission;
  /** The server's time of this answer. */
  readonly asOf: Date;
  /** Not null once it was sent. */
  readonly receipt: SubmissionReceipt | null;
}
