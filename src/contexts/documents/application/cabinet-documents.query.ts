import { Query } from '@nestjs/cqrs';
import { type RequisiteDifference } from '../domain/requisite-differences.js';
import { type SignatureVerdict } from '../domain/signature-verdict.js';
import { type ScanState } from '../domain/stored-file.js';
import { type StoredFileInfo } from './attachable-files.query.js';

/** Personal documents of the cabinet, the newest first; removed ones are left out, expired ones are not. */
export class PersonalDocumentsQuery extends Query<readonly PersonalDocumentEntry[]> {
  constructor(readonly accountId: string) {
    super();
  }
}

/** Who says what a document says: ESIA (a read-only mirror) or its owner. */
export type DocumentOrigin = 'ESIA' | 'MANUAL';

/** A child as the profile knows it; the name is empty once ESIA names the child no more. */
export interface DocumentChild {
  readonly id: string;
  readonly name: string;
}

export interface PersonalDocumentEntry {
  readonly documentId: string;
  readonly kindCode: string;
  /** `•••• 456`. */
  readonly maskedNumber: string;
  /** Last valid day, `YYYY-MM-DD`. */
  readonly expiresOn: string | null;
  readonly expired: boolean;
  /** Whole days to the last valid day: 0 on that day, negative after it; null when it does not expire. */
  readonly daysLeft: number | null;
  readonly files: number;
  readonly origin: DocumentOrigin;
  /** What ESIA says of its document; null for a typed one. */
  readonly verification: 'VERIFIED' | 'NOT_VERIFIED' | null;
  /** Whose document it is; null for the owner's own. */
  readonly child: DocumentChild | null;
  /** A typed copy that gave way to a valid document of ESIA. */
  readonly superseded: boolean;
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

export interface PersonalDocumentView extends Omit<PersonalDocumentEntry, 'maskedNumber' | 'files' | 'superseded'> {
  /** Requisite code to normalised value; of ESIA's documents also what does not fit the pattern, as ESIA writes it. */
  readonly requisites: Readonly<Record<string, string>>;
  readonly files: readonly CabinetFile[];
  readonly version: number;
  /** When ESIA was last read and had it; null for a typed one. */
  readonly confirmedAt: Date | null;
  /** The document of ESIA this typed copy gave way to. */
  readonly superseded: { readonly by: string; readonly differences: readonly RequisiteDifference[] } | null;
  /** The typed copy that gave way to this document of ESIA. */
  readonly supersedes: { readonly documentId: string; readonly differences: readonly RequisiteDifference[] } | null;
  /** Former requisites, the latest first. */
  readonly history: readonly {
    readonly requisites: Readonly<Record<string, string>>;
    readonly replacedAt: Date;
    readonly by: 'OWNER' | 'ESIA';
  }[];
  readonly addedAt: Date;
  /** When its number was last shown in full, the latest first; ten at most. */
  readonly views: readonly { readonly at: Date }[];
}

export interface CabinetFile extends StoredFileInfo {
  readonly scan: ScanState;
  /** Of the detached signature that lies beside it in the same document (`X` and `X.sig`); null where there is none. */
  readonly signature: SignatureVerdict | null;
  /** Name of the file that this detached signature belongs to; null for anything else. */
  readonly signs: string | null;
  readonly storedAt: Date;
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
