import { AggregateRoot } from '../../../kernel/aggregate-root.js';
import { addDays, daysBetween } from '../../../kernel/legal-day.js';
import { DocumentExpires, EXPIRY_STEPS, type ExpiryStep } from './personal-document.events.js';

/** A missed last day is still told of for so long afterwards. */
export const EXPIRY_TOLD_LATE_DAYS = 30;

/** A current document whose end is near. Days are `YYYY-MM-DD` of Moscow. */
export interface ExpiringDocument {
  readonly documentId: string;
  readonly ownerId: string;
  readonly kindCode: string;
  readonly expiresOn: string;
  readonly addedOn: string;
  /** The nearest step its owner was told of for this last day; null when of none. */
  readonly told: number | null;
}

/** The step to tell of today; null when there is none. Steps from before the document was added are nobody's news. */
export function stepDue({ expiresOn, addedOn, told }: ExpiringDocument, today: string): ExpiryStep | null {
  const daysLeft = daysBetween(today, expiresOn);
  const nearest = EXPIRY_STEPS.findLast((step) => daysLeft <= step);
  if (nearest === undefined || daysLeft < -EXPIRY_TOLD_LATE_DAYS) return null;
  if (addDays(expiresOn, -nearest) < addedOn || (told !== null && told <= nearest)) return null;
  return nearest;
}

/** The owner is told of one step of one document's end; stored, it keeps the step from being told again. */
export class ExpiryNotice extends AggregateRoot {
  private constructor(
    readonly documentId: string,
    readonly expiresOn: string,
    readonly step: ExpiryStep,
    readonly toldAt: Date,
  ) {
    super();
  }

  /** Null when nothing is due today. */
  static due(document: ExpiringDocument, today: string, now: Date): ExpiryNotice | null {
    const step = stepDue(document, today);
    if (step === null) return null;
    const { documentId, ownerId, kindCode, expiresOn } = document;
    const notice = new ExpiryNotice(documentId, expiresOn, step, now);
    notice.record(new DocumentExpires(documentId, ownerId, kindCode, expiresOn, step));
    return notice;
  }
}
