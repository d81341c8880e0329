import { type SignatureVerdict } from '../../domain/signature-verdict.js';

/** Checks detached signatures: CMS (RFC 5652) with RSA, ECDSA or, where this installation can, GOST. */
export abstract class SignatureVerifier {
  /**
   * Fingerprint of all a verdict rests on besides the two files: the trusted roots and the algorithms this installation knows. A verdict
   * reached under another one is out of date.
   */
  abstract readonly trust: string;
  /**
   * What `signature` (DER or BER, PEM, base64; at most 3 MB, as `file`) says of `file`. Never throws for what is in them: garbage has its
   * verdict, too. Certificates are not asked about at their centres, so revocation stays unknown.
   */
  abstract verify(file: Uint8Array, signature: Uint8Array): Promise<SignatureVerdict>;
}
