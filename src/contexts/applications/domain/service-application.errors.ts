import { DomainError } from '../../../kernel/domain-error.js';

/** There is none, or it is someone else's: the two are not told apart. */
export class ApplicationNotFound extends DomainError {
  readonly code = 'applications.not-found';
  readonly kind = 'not-found';
}

/** The status does not allow this move. Details: `from`, `to`. */
export class IllegalTransition extends DomainError {
  readonly code = 'applications.illegal-transition';
  readonly kind = 'conflict';
}

/** The application changed after the page was shown; nothing of the form was applied. */
export class ApplicationChanged extends DomainError {
  readonly code = 'applications.changed';
  readonly kind = 'conflict';
}

/** A comment, an answer, a reason or a legal ground is empty or longer than `max` characters. Details: `what`, `max`. */
export class TextOutOfBounds extends DomainError {
  readonly code = 'applications.text-out-of-bounds';
  readonly kind = 'invalid';
}

/** The last day to answer is not after today in Moscow. Details: `respondBy`. */
export class RespondByNotAhead extends DomainError {
  readonly code = 'applications.respond-by-not-ahead';
  readonly kind = 'invalid';
}

/** One of the files to attach is gone or belongs to someone else. */
export class AttachmentMissing extends DomainError {
  readonly code = 'applications.attachment-missing';
  readonly kind = 'invalid';
}

/** A detached signature came without the file it signs, or is no `.sig`. */
export class UnfitSignature extends DomainError {
  readonly code = 'applications.unfit-signature';
  readonly kind = 'invalid';
}

/** A decision comes with its document. */
export class DecisionWithoutFile extends DomainError {
  readonly code = 'applications.decision-without-file';
  readonly kind = 'invalid';
}
