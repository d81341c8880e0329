import { DomainEvent } from '../../../kernel/domain-event.js';

/** A notice or decision was kept for the first time, with a detached signature or without. */
export class ElectronicDocumentKept extends DomainEvent {
  static override readonly type = 'documents.electronic-document-kept.v1';
  constructor(
    readonly documentId: string,
    readonly fileId: string,
    readonly signatureFileId: string | null,
  ) {
    super();
  }
}
