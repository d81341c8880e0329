import { DomainError } from '../../../kernel/domain-error.js';
import { type RequisiteFault } from '../../../kernel/invalid-requisite.js';

/** The kind is none of the catalogue's. */
export class UnknownDocumentKind extends DomainError {
  readonly code = 'documents.unknown-kind';
  readonly kind = 'not-found';
}

/** No such document, or it belongs to somebody else. */
export class DocumentNotFound extends DomainError {
  readonly code = 'documents.document-not-found';
  readonly kind = 'not-found';
}

/** ESIA's documents are a mirror: only their scans are the owner's to change. */
export class EsiaDocumentReadOnly extends DomainError {
  readonly code = 'documents.esia-read-only';
  readonly kind = 'conflict';

  constructor(documentId: string) {
    super({ documentId });
  }
}

/** The profile knows no such child of this account. */
export class UnknownChild extends DomainError {
  readonly code = 'documents.unknown-child';
  readonly kind = 'invalid';
}

export type DocumentFault = RequisiteFault | 'DATE_OUT_OF_RANGE';

/** What is wrong with each requisite, by its code; the values themselves are not told. */
export class InvalidRequisites extends DomainError {
  readonly code = 'documents.invalid-requisites';
  readonly kind = 'invalid';

  constructor(override readonly faults: Readonly<Record<string, DocumentFault>>) {
    super({ requisites: Object.keys(faults).join(', ') });
  }
}

/** Its last valid day is over: an expired document cannot be added (fact sheet §2.3). */
export class DocumentExpired extends DomainError {
  readonly code = 'documents.expired';
  readonly kind = 'invalid';

  /** `expiresOn` is the last valid day. */
  constructor(expiresOn: string) {
    super({ expiresOn });
  }
}

/** The owner already keeps a document of this kind with this number. */
export class DocumentDuplicate extends DomainError {
  readonly code = 'documents.duplicate';
  readonly kind = 'conflict';

  constructor(existingId: string) {
    super({ existingId });
  }
}

/** A person has one current document of this kind, and the owner already keeps it. */
export class OnePerPerson extends DomainError {
  readonly code = 'documents.one-per-person';
  readonly kind = 'conflict';

  constructor(existingId: string) {
    super({ existingId });
  }
}

/** ESIA supplies this very document, or the one of its kind that a person has: it need not be typed. */
export class SuppliedByEsia extends DomainError {
  readonly code = 'documents.supplied-by-esia';
  readonly kind = 'conflict';

  constructor(existingId: string) {
    super({ existingId });
  }
}

/** The form was opened before somebody (the owner in another window) changed the document. */
export class DocumentChanged extends DomainError {
  readonly code = 'documents.changed-meanwhile';
  readonly kind = 'conflict';

  constructor(documentId: string) {
    super({ documentId });
  }
}

/** A document carries no more files than this. */
export class TooManyFiles extends DomainError {
  readonly code = 'documents.too-many-files';
  readonly kind = 'invalid';

  constructor(limit: number) {
    super({ limit });
  }
}
