import { type ApplicationStatus } from './application-status.js';
import { type Actor } from './application-transitions.js';
import { type AttachedFile } from './attached-file.js';

/** A clerk who works a case, as the history keeps them. */
export interface CaseWorker {
  readonly staffId: string;
  readonly name: string;
}

/** One line of the append-only history of statuses. `seq` grows by one within an application, from 1. */
export class StatusEntry {
  constructor(
    readonly applicationId: string,
    readonly seq: number,
    readonly status: ApplicationStatus,
    /** True for «Неподтверждённая отмена»: the authority declined to cancel and `status` is the one before. */
    readonly cancellationDeclined: boolean,
    readonly at: Date,
    readonly actor: Actor,
    /** The clerk behind AUTHORITY, null otherwise. */
    readonly staffId: string | null,
    readonly staffName: string | null,
    /** Words of the actor: a comment, a question, an answer, the reason of a decision. */
    readonly comment: string | null,
    /** Legal ground of a refusal. */
    readonly legalGround: string | null,
    /** Last day to answer, `YYYY-MM-DD` in Moscow, with AWAITING_INFO. */
    readonly respondBy: string | null,
    readonly attachments: readonly AttachedFile[],
  ) {}
}
