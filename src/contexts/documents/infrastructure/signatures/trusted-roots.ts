import { existsSync, readFileSync } from 'node:fs';
import { fromBER } from 'asn1js';
import { Certificate } from 'pkijs';

const PEM = /-----BEGIN CERTIFICATE-----[A-Za-z0-9+/=\s]+-----END CERTIFICATE-----/g;

/** Certification centres this installation trusts, as a bundle of PEM certificates. */
export class TrustedRoots {
  private constructor(
    readonly certificates: readonly Certificate[],
    /** The same as text. */
    readonly pem: string,
  ) {}

  static readonly none = new TrustedRoots([], '');

  /** Throws, naming the file, when it cannot be read or holds no certificate: trusting nobody by mistake would go unnoticed. */
  static inFile(path: string): TrustedRoots {
    if (!existsSync(path)) throw new TypeError(`SIGNATURE_ROOTS: there is no file ${path}`);
    const blocks = readFileSync(path, 'utf8').match(PEM) ?? [];
    if (blocks.length === 0) throw new TypeError(`SIGNATURE_ROOTS: there is no certificate in ${path}`);
    try {
      return new TrustedRoots(blocks.map(certificateIn), `${blocks.join('\n')}\n`);
    } catch (error) {
      throw new TypeError(`SIGNATURE_ROOTS: a certificate in ${path} cannot be read`, { cause: error });
    }
  }
}

function certificateIn(pem: string): Certificate {
  const { result } = fromBER(Buffer.from(pem.replace(/-----[A-Z ]+-----/g, ''), 'base64'));
  return new Certificate({ schema: result });
}
