import { type CertificateChain, type SignatureFault } from '../../domain/signature-verdict.js';
import { type ReadSignature } from './read-signature.js';

/** What does the arithmetic of signatures: one for each family of algorithms. */
export interface SignatureEngine {
  /** Part of the fingerprint of what verdicts rest on. */
  readonly name: string;
  /** Whether it can tell anything of this signature. */
  knows(signature: ReadSignature): boolean;
  /** Null when all signatures in it were made for these bytes by the keys of the certificates inside. Never throws. */
  faultOf(signature: ReadSignature, file: Uint8Array): Promise<SignatureFault | null>;
  /** Where the certificates of all signers lead, at that moment. Never throws. */
  chainOf(signature: ReadSignature, at: Date): Promise<CertificateChain>;
}
