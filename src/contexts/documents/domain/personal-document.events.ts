import { DomainEvent } from '../../../kernel/domain-event.js';

/** Files were attached to a document or taken off it: other files may lie beside each other now. */
export class FilesOfDocumentChanged extends DomainEvent {
  static override readonly type = 'documents.files-of-document-changed.v1';
  constructor(readonly documentId: string) {
    super();
  }
}

/** How many days before the last valid day the owner is told; 0 is that day itself. */
export const EXPIRY_STEPS = [90, 30, 7, 0] as const;
export type ExpiryStep = (typeof EXPIRY_STEPS)[number];

/**
 * A document's last valid day `expiresOn` (`YYYY-MM-DD` of Moscow) has come near. Told once for each step; a step that was missed is told
 * late, unless a nearer one is due by then: go by `expiresOn`.
 */
export class DocumentExpires extends DomainEvent {
  static override readonly type = 'documents.document-expires.v1';
  constructor(
    readonly documentId: string,
    readonly ownerId: string,
    readonly kindCode: string,
    readonly expiresOn: string,
    readonly step: ExpiryStep,
  ) {
    super();
  }
}
