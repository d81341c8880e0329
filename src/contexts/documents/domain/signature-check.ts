import { type SignatureVerdict } from './signature-verdict.js';

/** A detached signature and the file it is to belong to. Both never change, so what was found once stays so. */
export interface SignedPair {
  readonly fileId: string;
  readonly signatureFileId: string;
}

/** What was found for a pair, and what that rests on. */
export class SignatureCheck implements SignedPair {
  private constructor(
    readonly signatureFileId: string,
    readonly fileId: string,
    readonly verdict: SignatureVerdict,
    /** Fingerprint of the trusted roots and known algorithms: under others the verdict is out of date. */
    readonly trust: string,
  ) {}

  static of({ signatureFileId, fileId }: SignedPair, verdict: SignatureVerdict, trust: string): SignatureCheck {
    return new SignatureCheck(signatureFileId, fileId, verdict, trust);
  }
}
