import { Query } from '@nestjs/cqrs';
import { type StoredFileInfo } from './attachable-files.query.js';

/** Personal documents of the cabinet, the newest first; removed ones are left out, expired ones are not. */
export class PersonalDocumentsQuery extends Query<readonly PersonalDocumentEntry[]> {
  constructor(readonly accountId: string) {
    super();
  }
}

export interface PersonalDocumentEntry {
  readonly documentId: string;
  readonly kindCode: string;
  /** `•••• 456`. */
  readonly maskedNumber: string;
  /** Last valid day, `YYYY-MM-DD`. */
  readonly expiresOn: string | null;
  readonly expired: boolean;
  readonly files: number;
}

/** One document with everything in it. Null when it is not there, is somebody else's or was removed. */
export class PersonalDocumentQuery extends Query<PersonalDocumentView | null> {
  constructor(
    readonly accountId: string,
    readonly documentId: string,
  ) {
    super();
  }
}

export interface PersonalDocumentView {
  readonly documentId: string;
  readonly kindCode: string;
  /** Requisite code to normalised value. */
  readonly requisites: Readonly<Record<string, string>>;
  readonly expiresOn: string | null;
  readonly expired: boolean;
  readonly files: readonly CabinetFile[];
  readonly version: number;
}

export interface CabinetFile extends StoredFileInfo {
  /** False: no virus scanner has seen it. */
  readonly scanned: boolean;
  /** A detached signature lies beside it in the same document (`X` and `X.sig`); nobody has verified it. */
  readonly signatureAttached: boolean;
}

/** Notices and decisions kept from applications, the newest first, `limit` at a time; `after` is the last one already shown. */
export class ElectronicDocumentsQuery extends Query<readonly ElectronicDocumentEntry[]> {
  constructor(
    readonly accountId: string,
    readonly limit: number,
    readonly after: string | null = null,
  ) {
    super();
  }
}

export interface ElectronicDocumentEntry {
  readonly documentId: string;
  readonly title: string;
  readonly issuer: string;
  readonly number: string;
  readonly issuedAt: Date;
  readonly applicationId: string;
  readonly file: StoredFileInfo;
}

/** A file this citizen may read: an own one, or one of an electronic document kept in the cabinet. Null otherwise. */
export class CabinetFileQuery extends Query<StoredFileInfo | null> {
  constructor(
    readonly accountId: string,
    readonly fileId: string,
  ) {
    super();
  }
}
