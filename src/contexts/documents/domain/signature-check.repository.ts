import { type SignatureCheck, type SignedPair } from './signature-check.js';

/**
 * Pairs are found in documents: `X` and `X.sig` (in any case) among the files of a personal one, the file and its signature of an electronic
 * one. Removed documents and files in quarantine are left out.
 */
export abstract class SignatureCheckRepository {
  /** All pairs of a document, of either sort. */
  abstract pairsOf(documentId: string): Promise<SignedPair[]>;
  /** Pairs without a check under that trust, of one document or of any, in no order. */
  abstract waiting(
    trust: string,
    among: { readonly documentId: string } | { readonly limit: number },
  ): Promise<SignedPair[]>;
  /** In place of the former check of the pair. */
  abstract keep(check: SignatureCheck): Promise<void>;
}
