import { AggregateRoot } from '../../../kernel/aggregate-root.js';
import { ElectronicDocumentKept } from './electronic-document.events.js';

/** NOTICE: what an authority says on the way; DECISION: what it decides in the end. */
export type ElectronicDocumentKind = 'NOTICE' | 'DECISION';

/** A notice or decision of an authority, kept from the history of an application; only its owner can let it go. */
export class ElectronicDocument extends AggregateRoot {
  private removedAt: Date | null = null;

  private constructor(
    readonly id: string,
    readonly ownerId: string,
    /** Names the paper among all papers of all applications: the same one is kept once. */
    readonly sourceId: string,
    readonly applicationId: string,
    readonly kind: ElectronicDocumentKind,
    readonly title: string,
    readonly issuer: string,
    /** Registration number of the application. */
    readonly number: string,
    readonly issuedAt: Date,
    readonly fileId: string,
    /** Its detached signature; null where there is none. */
    readonly signatureFileId: string | null,
    readonly savedAt: Date,
  ) {
    super();
  }

  static keep(id: string, ownerId: string, paper: IssuedPaper, now: Date): ElectronicDocument {
    const { sourceId, applicationId, kind, title, issuer, number, issuedAt, fileId, signatureFileId } = paper;
    const document = new ElectronicDocument(
      id,
      ownerId,
      sourceId,
      applicationId,
      kind,
      title,
      issuer,
      number,
      issuedAt,
      fileId,
      signatureFileId,
      now,
    );
    document.record(new ElectronicDocumentKept(id, fileId, signatureFileId));
    return document;
  }

  /** Takes it out of the cabinet; it can be brought back until it is forgotten. Repeating it changes nothing. */
  remove(now: Date): void {
    this.removedAt ??= now;
  }

  /** Undoes {@link remove}. Repeating it changes nothing. */
  restore(): void {
    this.removedAt = null;
  }
}

/** A paper as its authority issued it. */
export interface IssuedPaper {
  readonly sourceId: string;
  readonly applicationId: string;
  readonly kind: ElectronicDocumentKind;
  readonly title: string;
  readonly issuer: string;
  readonly number: string;
  readonly issuedAt: Date;
  readonly fileId: string;
  readonly signatureFileId: string | null;
}
