import { type AccountLevel } from '../../../kernel/account-level.js';

/** What of the person at ESIA decides the level. */
export interface LevelFacts {
  /** Identity confirmed in person, by a bank, post or signature. */
  readonly trusted: boolean;
  readonly hasSnils: boolean;
  /** The main identity document was checked by the authority that issued it. */
  readonly mainDocumentVerified: boolean;
}

/**
 * ESIA names only the confirmed level; simplified and standard differ by checked СНИЛС and identity document
 * (external systems §1.5).
 */
export function levelOf({ trusted, hasSnils, mainDocumentVerified }: LevelFacts): AccountLevel {
  if (trusted) return 'CONFIRMED';
  return hasSnils && mainDocumentVerified ? 'STANDARD' : 'SIMPLIFIED';
}
