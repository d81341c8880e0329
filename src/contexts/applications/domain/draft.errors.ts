import { DomainError } from '../../../kernel/domain-error.js';

/** There is no such service in the catalogue. */
export class ServiceNotFound extends DomainError {
  readonly code = 'applications.service-not-found';
  readonly kind = 'not-found';
}

/** There is none, or it is someone else's, or it was deleted: the three are not told apart. */
export class DraftNotFound extends DomainError {
  readonly code = 'applications.draft-not-found';
  readonly kind = 'not-found';
}

/** No more drafts of this account, or of this service (fact sheet §7.3: 50 and 10). Details: `limit`. */
export class TooManyDrafts extends DomainError {
  readonly code = 'applications.too-many-drafts';
  readonly kind = 'conflict';
}

/** The draft was saved elsewhere after the page was shown (VERSION_CONFLICT). Details: `storedAt`, ISO instant. */
export class DraftChanged extends DomainError {
  readonly code = 'applications.version-conflict';
  readonly kind = 'conflict';
}

/** A value came for a field that the form does not ask here; nothing was stored. Details: `field`. */
export class UnknownField extends DomainError {
  readonly code = 'applications.unknown-field';
  readonly kind = 'invalid';
}

/** A value is of a wrong shape or beyond what a draft may hold; nothing was stored. Details: `field`. */
export class UnstorableAnswer extends DomainError {
  readonly code = 'applications.unstorable-answer';
  readonly kind = 'invalid';
}

/** No more files fit into this field or this application. Details: `limit`. */
export class TooManyFiles extends DomainError {
  readonly code = 'applications.too-many-files';
  readonly kind = 'invalid';
}

/** The file is not the citizen's, is gone, belongs to an expired document or is of a kind the field does not take. Details: `field`. */
export class UnusableFile extends DomainError {
  readonly code = 'applications.unusable-file';
  readonly kind = 'invalid';
}

/** The document is not the citizen's, is gone or expired, or does not answer the question. Details: `field`. */
export class DocumentNotOffered extends DomainError {
  readonly code = 'applications.document-not-offered';
  readonly kind = 'invalid';
}

/** The cabinet has no such file, or it is someone else's: the two are not told apart. */
export class FileNotInCabinet extends DomainError {
  readonly code = 'applications.file-not-in-cabinet';
  readonly kind = 'not-found';
}
