/** Signs requests to ESIA with the key of this system. GOST R 34.10-2012 is another implementation of the same. */
export abstract class RequestSigner {
  /** Upper-case hex digest over the DER form of the certificate: by it ESIA finds the certificate. */
  abstract readonly certificateHash: string;
  /** The raw signature (no container) of the UTF-8 text, base64url. */
  abstract sign(message: string): Promise<string>;
}
