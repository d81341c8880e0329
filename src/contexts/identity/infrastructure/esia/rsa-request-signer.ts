import { createHash, createPrivateKey, type KeyObject, sign, X509Certificate } from 'node:crypto';
import { RequestSigner } from './request-signer.js';

/** RSA with SHA-256, the certificate named by its SHA-256: the profile of the test circuit, where no GOST provider is at hand. */
export class RsaRequestSigner extends RequestSigner {
  readonly certificateHash: string;
  private readonly key: KeyObject;

  /** Throws when the PEM texts are malformed or the key does not belong to the certificate. */
  constructor(keyPem: string, certificatePem: string) {
    super();
    const certificate = new X509Certificate(certificatePem);
    this.key = createPrivateKey(keyPem);
    if (!certificate.checkPrivateKey(this.key))
      throw new Error('ESIA_CLIENT_KEY_PEM does not belong to ESIA_CLIENT_CERT_PEM');
    this.certificateHash = createHash('sha256').update(certificate.raw).digest('hex').toUpperCase();
  }

  override sign(message: string): Promise<string> {
    return new Promise((resolve, reject) =>
      sign('sha256', Buffer.from(message, 'utf8'), this.key, (error, signature) =>
        error ? reject(error) : resolve(signature.toString('base64url')),
      ),
    );
  }
}
