import { Query } from '@nestjs/cqrs';
import { type StoredFileInfo } from './attachable-files.query.js';

/**
 * «Приложить файлы из личного кабинета» by documents: what each has for a form field, and why a document has nothing for it. Documents
 * without any file are told of only where the field asks for their kind. Fitting ones first, the newest first among them.
 */
export class CabinetChoiceQuery extends Query<readonly OfferedDocument[]> {
  constructor(
    readonly accountId: string,
    readonly filter: { readonly kinds?: readonly string[]; readonly extensions?: readonly string[] } = {},
  ) {
    super();
  }
}

/** A document of the cabinet as a form field may use it. */
export interface OfferedDocument {
  readonly documentId: string;
  /** Null for an electronic document. */
  readonly kindCode: string | null;
  /** In words of the cabinet: «Паспорт гражданина РФ». */
  readonly title: string;
  /** `•••• 456`, or the registration number of an electronic document. */
  readonly number: string;
  /** Whose it is; null for the owner's own. */
  readonly childId: string | null;
  /** Last valid day, `YYYY-MM-DD`. */
  readonly expiresOn: string | null;
  /** Files that the field takes. */
  readonly files: readonly StoredFileInfo[];
  /** Why there are none; null when there are. */
  readonly unfit: Unfitness | null;
}

export type Unfitness =
  | 'EXPIRED'
  /** The typed copy says something else than ESIA's document. */
  | 'CONTRADICTS_ESIA'
  | 'NO_FILES'
  /** The field takes other formats. */
  | 'OTHER_FORMAT'
  /** The virus scanner has not answered yet. */
  | 'BEING_SCANNED'
  | 'INFECTED';
