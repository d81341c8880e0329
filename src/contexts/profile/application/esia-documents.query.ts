import { Query } from '@nestjs/cqrs';
import { type PersonDocument } from '../domain/person-facts.js';

/** The documents of the account's person and of their children as last read from ESIA. Null until they were read once. */
export class EsiaDocumentsQuery extends Query<EsiaDocuments | null> {
  constructor(readonly accountId: string) {
    super();
  }
}

export interface EsiaDocuments {
  /** When ESIA was read. */
  readonly readAt: Date;
  /** СНИЛС and ИНН are entries of their own, of the types `SNILS` and `INN`, with their digits as `number`. */
  readonly documents: readonly EsiaDocument[];
  /** Whose documents ESIA did not give: they are unknown, not absent. */
  readonly notGranted: readonly ('OWN' | 'CHILDREN')[];
}

export type EsiaDocument = PersonDocument;
