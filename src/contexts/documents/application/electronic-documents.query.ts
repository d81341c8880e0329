import { Query } from '@nestjs/cqrs';
import { type ElectronicDocumentKind } from '../domain/electronic-document.js';
import { type SignatureVerdict } from '../domain/signature-verdict.js';
import { type StoredFileInfo } from './attachable-files.query.js';

/** What to look for among the electronic documents; what is left out does not narrow. */
export interface ElectronicDocumentsFilter {
  /** Words of title, issuer or number in any form and order; parts of a number, too. */
  readonly search?: string;
  /** As it is written in the documents. */
  readonly issuer?: string;
  /** Of the day of issue in Moscow. */
  readonly year?: number;
  /** With a detached signature, or without one. */
  readonly signed?: boolean;
}

/** Notices and decisions kept from applications, the latest issued first, a page at a time. */
export class ElectronicDocumentsQuery extends Query<ElectronicDocuments> {
  constructor(
    readonly accountId: string,
    readonly filter: ElectronicDocumentsFilter = {},
    /** Id of the last document of the page before; null for the first page. */
    readonly after: string | null = null,
    readonly pageSize = 20,
  ) {
    super();
  }
}

export interface ElectronicDocuments {
  /** How many the filter leaves. */
  readonly total: number;
  readonly entries: readonly ElectronicDocumentEntry[];
  /** What to ask the next page with; null on the last one. */
  readonly nextAfter: string | null;
  /** What there is to filter by, of all documents: issuers by alphabet, years from the latest. */
  readonly issuers: readonly string[];
  readonly years: readonly number[];
}

export interface ElectronicDocumentEntry {
  readonly documentId: string;
  readonly kind: ElectronicDocumentKind;
  readonly title: string;
  readonly issuer: string;
  /** Registration number of the application. */
  readonly number: string;
  readonly issuedAt: Date;
  readonly applicationId: string;
  readonly savedAt: Date;
  readonly file: StoredFileInfo;
  readonly signature: DocumentSignature | null;
}

/** The detached signature of a document. `verdict` is null until it was checked. */
export interface DocumentSignature {
  readonly file: StoredFileInfo;
  readonly verdict: SignatureVerdict | null;
}

/** One notice or decision. Null when it is not there, is somebody else's or was removed. */
export class ElectronicDocumentQuery extends Query<ElectronicDocumentEntry | null> {
  constructor(
    readonly accountId: string,
    readonly documentId: string,
  ) {
    super();
  }
}
