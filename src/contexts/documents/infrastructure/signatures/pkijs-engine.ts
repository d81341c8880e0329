import { ObjectIdentifier, Sequence } from 'asn1js';
import { type AlgorithmIdentifier, IssuerAndSerialNumber, RSASSAPSSParams, SignedData } from 'pkijs';
import { type CertificateChain, type SignatureFault } from '../../domain/signature-verdict.js';
import { pathOf, webCrypto } from './certificate-path.js';
import { type ReadSignature, type Signer } from './read-signature.js';
import { type SignatureEngine } from './signature-engine.js';
import { type TrustedRoots } from './trusted-roots.js';

const RSA = '1.2.840.113549.1.1.1';
const RSA_PSS = '1.2.840.113549.1.1.10';
const ECDSA = '1.2.840.10045.2.1';
/** SHA-256, SHA-384, SHA-512. */
const DIGESTS = ['2.16.840.1.101.3.4.2.1', '2.16.840.1.101.3.4.2.2', '2.16.840.1.101.3.4.2.3'];
/** Each of them with RSA. */
const RSA_SIGNATURES = [RSA, '1.2.840.113549.1.1.11', '1.2.840.113549.1.1.12', '1.2.840.113549.1.1.13'];
/** Each of them with ECDSA. */
const ECDSA_SIGNATURES = ['1.2.840.10045.4.3.2', '1.2.840.10045.4.3.3', '1.2.840.10045.4.3.4'];
/** P-256, P-384, P-521. */
const CURVES = ['1.2.840.10045.3.1.7', '1.3.132.0.34', '1.3.132.0.35'];

/** RSA (PKCS #1 and PSS) and ECDSA with SHA-2, by pkijs on Node's WebCrypto: always there. */
export class PkijsEngine implements SignatureEngine {
  readonly name = 'pkijs';

  constructor(private readonly roots: TrustedRoots) {}

  knows({ signers }: ReadSignature): boolean {
    return signers.every(isKnown);
  }

  async faultOf(signature: ReadSignature, file: Uint8Array): Promise<SignatureFault | null> {
    for (const at of signature.signers.keys()) {
      const fault = await faultOfSigner(signature, at, file);
      if (fault) return fault;
    }
    return null;
  }

  async chainOf({ signers, certificates }: ReadSignature, at: Date): Promise<CertificateChain> {
    if (this.roots.certificates.length === 0) return 'NO_ROOTS';
    const chains = await Promise.all(
      signers.map(({ certificate }) => pathOf(certificate, certificates, this.roots.certificates, at)),
    );
    return (['UNTRUSTED', 'EXPIRED'] as const).find((chain) => chains.includes(chain)) ?? 'TRUSTED';
  }
}

function isKnown({ info, certificate }: Signer): boolean {
  if (!DIGESTS.includes(info.digestAlgorithm.algorithmId)) return false;
  const { algorithm } = certificate.subjectPublicKeyInfo;
  const curve: unknown = algorithm.algorithmParams;
  const signed = info.signatureAlgorithm;
  if (algorithm.algorithmId === RSA) return RSA_SIGNATURES.includes(signed.algorithmId) || isKnownPss(signed);
  if (algorithm.algorithmId === RSA_PSS) return isKnownPss(signed);
  if (algorithm.algorithmId !== ECDSA || !ECDSA_SIGNATURES.includes(signed.algorithmId)) return false;
  return curve instanceof ObjectIdentifier && CURVES.includes(curve.getValue());
}

/** WebCrypto masks with the digest it signs with; what is not written down is SHA-1. */
function isKnownPss({ algorithmId, algorithmParams }: AlgorithmIdentifier): boolean {
  if (algorithmId !== RSA_PSS || !algorithmParams) return false;
  const { hashAlgorithm, maskGenAlgorithm } = new RSASSAPSSParams({ schema: algorithmParams as unknown });
  const digest = hashAlgorithm.algorithmId;
  const mask: unknown = maskGenAlgorithm.algorithmParams;
  const masked: unknown = mask instanceof Sequence ? mask.valueBlock.value[0] : null;
  return DIGESTS.includes(digest) && masked instanceof ObjectIdentifier && masked.getValue() === digest;
}

/**
 * pkijs throws where one would expect `false`. It looks for the certificate by other rules than ours, so it gets the only one. A copy of the
 * file inside goes before `data` there: that it equals the file was checked before.
 */
async function faultOfSigner(
  { signedData, signers }: ReadSignature,
  at: number,
  file: Uint8Array,
): Promise<SignatureFault | null> {
  const { info, certificate } = signers[at]!;
  info.sid = new IssuerAndSerialNumber({ issuer: certificate.issuer, serialNumber: certificate.serialNumber });
  const { version, encapContentInfo, digestAlgorithms } = signedData;
  const own = new SignedData({
    version,
    encapContentInfo,
    digestAlgorithms,
    certificates: [certificate],
    signerInfos: [info],
  });
  try {
    if (await own.verify({ signer: 0, data: Uint8Array.from(file).buffer }, webCrypto)) return null;
  } catch (error) {
    if (error instanceof Error && error.message.includes("digest doesn't match")) return 'OTHER_CONTENT';
  }
  // Without signed attributes the signature stands for the bytes themselves: the two faults cannot be told apart.
  return info.signedAttrs ? 'ALTERED_SIGNATURE' : 'OTHER_CONTENT';
}
