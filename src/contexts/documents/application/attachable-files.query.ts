import { Query } from '@nestjs/cqrs';
import { type ScanState } from '../domain/stored-file.js';

/**
 * Files of the cabinet that a form field may take: «Приложить файлы из личного кабинета». Left out are expired documents, typed ones that
 * say something else than ESIA, and files that a virus scanner has not let through.
 */
export class AttachableFilesQuery extends Query<readonly AttachableFile[]> {
  constructor(
    readonly accountId: string,
    readonly filter: { readonly kinds?: readonly string[]; readonly extensions?: readonly string[] } = {},
  ) {
    super();
  }
}

export interface AttachableFile extends StoredFileInfo {
  /** What the file belongs to, in words of the cabinet: «Паспорт гражданина РФ». */
  readonly documentTitle: string;
  readonly documentKind: string | null;
  /** Its detached signature in the same document, which can be attached as well; null where there is none. */
  readonly signatureFileId: string | null;
}

/** A stored file as people see it. */
export interface StoredFileInfo {
  readonly fileId: string;
  /** Original name, cleaned of control characters. */
  readonly name: string;
  /** Without the dot, lower case. */
  readonly extension: string;
  readonly mediaType: string;
  readonly bytes: number;
  /** Hex. */
  readonly sha256: string;
  readonly scan: ScanState;
}
