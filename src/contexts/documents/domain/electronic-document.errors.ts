import { DomainError } from '../../../kernel/domain-error.js';

/** There is none, it is somebody else's, or it was removed: the three are not told apart. */
export class ElectronicDocumentNotFound extends DomainError {
  readonly code = 'documents.electronic-document-not-found';
  readonly kind = 'not-found';
}
