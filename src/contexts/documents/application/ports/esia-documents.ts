import { type SuppliedDocument } from '../../domain/personal-document.js';

/** What the profile has read of an account's documents at ESIA, as documents of our kinds. */
export abstract class EsiaDocuments {
  /**
   * Null until they were read once. What is of no kind of ours is left out; so is what has no number that can be made out (the log says
   * of which type). The same document named twice comes once.
   */
  abstract of(accountId: string): Promise<SuppliedDocuments | null>;
}

export interface SuppliedDocuments {
  /** When ESIA was read. */
  readonly readAt: Date;
  readonly documents: readonly SuppliedDocument[];
  /** Whose documents ESIA did not give: they are unknown, not absent. */
  readonly notGranted: readonly ('OWN' | 'CHILDREN')[];
}
