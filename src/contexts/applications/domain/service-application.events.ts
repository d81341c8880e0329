import { DomainEvent } from '../../../kernel/domain-event.js';
import { type ApplicationStatus } from './application-status.js';

/** A citizen sent an application; it has its number from this moment. */
export class ApplicationSubmitted extends DomainEvent {
  static override readonly type = 'applications.submitted.v1';
  constructor(
    readonly applicationId: string,
    readonly applicantId: string,
    readonly registrationNumber: string,
    readonly serviceCode: string,
    readonly submittedAt: string,
  ) {
    super();
  }
}

/** A status other than the first one was reached (`SUBMITTED` is told by ApplicationSubmitted). */
export class ApplicationStatusChanged extends DomainEvent {
  static override readonly type = 'applications.status-changed.v1';
  constructor(
    readonly applicationId: string,
    readonly applicantId: string,
    readonly registrationNumber: string,
    readonly serviceCode: string,
    readonly status: ApplicationStatus,
    readonly changedAt: string,
    /** Last day to answer, `YYYY-MM-DD` in Moscow, with AWAITING_INFO and NEEDS_CORRECTION. */
    readonly respondBy: string | null,
  ) {
    super();
  }
}
