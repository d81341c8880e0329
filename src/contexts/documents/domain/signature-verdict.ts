/**
 * What the check of a detached signature (CMS, RFC 5652) found. Each part stands for itself: a file may be unchanged and its signer unknown
 * to us all the same. Revocation of certificates is never checked, and pages say so.
 */
export interface SignatureVerdict {
  /** VALID: every signature in it was made for exactly these bytes. UNSUPPORTED: this installation cannot tell. */
  readonly integrity: 'VALID' | 'INVALID' | 'UNSUPPORTED';
  /** Why `integrity` is not VALID; null when it is. */
  readonly reason: SignatureFault | null;
  /** From the certificate of the first signer; null when there is none inside. Only as trustworthy as `chain`. */
  readonly signer: SignatureSigner | null;
  /** When it was signed, by the word of `timeSource`. */
  readonly signedAt: Date | null;
  /** TIMESTAMP: a trusted time stamp (RFC 3161, CAdES-T) proves it. SIGNER: the signer's own clock said so, nobody vouches for it. */
  readonly timeSource: 'TIMESTAMP' | 'SIGNER' | null;
  readonly certificate: SignatureCertificate | null;
  /** Whether certificates lead to a trusted root, all of them valid at `signedAt` (at `checkedAt` when that is not known). */
  readonly chain: CertificateChain;
  /** The signature carries a copy of the file inside; it was compared with the file. */
  readonly attached: boolean;
  /** Of the first signer: `RSA, SHA-256`; the bare object identifier when it has no name here. Empty when nothing could be read. */
  readonly algorithm: string;
  /** How many people signed; `integrity` and `chain` hold for all of them. */
  readonly signers: number;
  readonly checkedAt: Date;
}

export interface SignatureSigner {
  /** Surname and given names when the certificate has them, else its common name. */
  readonly name: string;
  readonly organisation: string | null;
  /** Of the organisation when the certificate names one, else the person's own. */
  readonly inn: string | null;
  readonly snils: string | null;
}

export interface SignatureCertificate {
  /** Common name of the certification centre. */
  readonly issuer: string;
  /** Hex. */
  readonly serial: string;
  readonly validFrom: Date;
  readonly validTo: Date;
}

/**
 * TRUSTED: to a trusted root. UNTRUSTED: to none of them. EXPIRED: to one, but a certificate on the way was not valid at that time.
 * NO_ROOTS: this installation trusts nobody yet. UNKNOWN: not looked at, because the signature itself could not be checked.
 */
export type CertificateChain = 'TRUSTED' | 'UNTRUSTED' | 'EXPIRED' | 'NO_ROOTS' | 'UNKNOWN';

export type SignatureFault =
  /** Not a CMS signature, or cut short. */
  | 'UNREADABLE'
  /** So many certificates, signers or lists inside that reading it would take too long. */
  | 'TOO_COMPLEX'
  /** Nobody has signed: a bare bundle of certificates. */
  | 'NO_SIGNER'
  /** The signer's certificate is not inside, so there is no key to check with. */
  | 'NO_CERTIFICATE'
  /** Made for other bytes: the file was changed, or it is another file. */
  | 'OTHER_CONTENT'
  /** The signature itself was altered, or made with another key than the certificate's. */
  | 'ALTERED_SIGNATURE'
  /** Made with a digest (MD5, SHA-1) or an RSA key (under 2048 bits) that is forged today: matching or not, it proves nothing. */
  | 'WEAK_ALGORITHM'
  /** No adapter knows the algorithm. */
  | 'UNKNOWN_ALGORITHM'
  /** Made by GOST, and this installation has no program for it. */
  | 'GOST_UNAVAILABLE'
  /** The check itself broke off (time or memory); a repeat may succeed. */
  | 'CHECK_FAILED';
