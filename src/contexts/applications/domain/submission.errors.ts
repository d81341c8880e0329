import { DomainError } from '../../../kernel/domain-error.js';

/** The service is closed in the catalogue (SERVICE_CLOSED). */
export class ServiceClosed extends DomainError {
  readonly code = 'applications.service-closed';
  readonly kind = 'conflict';
}

/** The account's level is below the service's (ACCOUNT_LEVEL_TOO_LOW). Details: `requiredLevel`, `currentLevel`. */
export class AccountLevelTooLow extends DomainError {
  readonly code = 'applications.account-level-too-low';
  readonly kind = 'forbidden';
}

/** The service does not take applications of persons (APPLICANT_TYPE_NOT_ALLOWED). */
export class ApplicantTypeNotAllowed extends DomainError {
  readonly code = 'applications.applicant-type-not-allowed';
  readonly kind = 'invalid';
}

/** Not open yet (WINDOW_NOT_OPEN). Details: `opensAt`, ISO instant. */
export class WindowNotOpen extends DomainError {
  readonly code = 'applications.window-not-open';
  readonly kind = 'conflict';
}

/** Closed since (WINDOW_CLOSED); it is told apart by a draft that was begun before. Details: `closedAt`, `opensAt` of the next run. */
export class WindowClosed extends DomainError {
  readonly code = 'applications.window-closed';
  readonly kind = 'conflict';
}

/** Something is missing or wrong in the form; which fields, the check page says. Details: `count`. */
export class FormNotComplete extends DomainError {
  readonly code = 'applications.form-not-complete';
  readonly kind = 'invalid';
}

/** The same application of this citizen is already under way (DUPLICATE_APPLICATION). */
export class DuplicateApplication extends DomainError {
  readonly code = 'applications.duplicate';
  readonly kind = 'conflict';
}

/** The draft was already sent (ALREADY_SUBMITTED). Details: `applicationId`, `registrationNumber`. */
export class AlreadySubmitted extends DomainError {
  readonly code = 'applications.already-submitted';
  readonly kind = 'conflict';
}

/** The key belongs to another sending; nothing was sent. */
export class IdempotencyKeyReused extends DomainError {
  readonly code = 'applications.idempotency-key-reused';
  readonly kind = 'invalid';
}
