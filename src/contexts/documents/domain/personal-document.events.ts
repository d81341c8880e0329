import { DomainEvent } from '../../../kernel/domain-event.js';

/** Files were attached to a document or taken off it: other files may lie beside each other now. */
export class FilesOfDocumentChanged extends DomainEvent {
  static override readonly type = 'documents.files-of-document-changed.v1';
  constructor(readonly documentId: string) {
    super();
  }
}
