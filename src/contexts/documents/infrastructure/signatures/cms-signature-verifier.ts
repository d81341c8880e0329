import { createHash } from 'node:crypto';
import { type Clock } from '../../../../kernel/clock.js';
import { SignatureVerifier } from '../../application/ports/signature-verifier.js';
import { type SignatureFault, type SignatureVerdict } from '../../domain/signature-verdict.js';
import { algorithmName, isForgeable, isGost, MIN_RSA_BITS } from './algorithms.js';
import { commonNameIn, signerIn } from './distinguished-name.js';
import { asX509, readSignature, type ReadSignature, type Signer } from './read-signature.js';
import { type SignatureEngine } from './signature-engine.js';
import { provenTime } from './time-stamp.js';
import { type TrustedRoots } from './trusted-roots.js';

/** Faults that say nothing of the signature, only of this installation. */
const UNTOLD: ReadonlySet<SignatureFault> = new Set([
  'TOO_COMPLEX',
  'UNKNOWN_ALGORITHM',
  'GOST_UNAVAILABLE',
  'CHECK_FAILED',
]);

/** Reads CMS signatures and has them checked by the first of its engines that knows their algorithms. */
export class CmsSignatureVerifier extends SignatureVerifier {
  override readonly trust: string;

  constructor(
    private readonly engines: readonly SignatureEngine[],
    private readonly roots: TrustedRoots,
    private readonly clock: Clock,
  ) {
    super();
    const known = [...engines.map(({ name }) => name), roots.pem].join('\n');
    this.trust = createHash('sha256').update(known).digest('hex');
  }

  override async verify(file: Uint8Array, signature: Uint8Array): Promise<SignatureVerdict> {
    const checkedAt = this.clock.now();
    const read = readSignature(signature);
    if (typeof read === 'string') return nothingRead(read, checkedAt);
    const first = read.signers[0]!;
    const stampedAt = await provenTime(first, this.roots.certificates);
    const signedAt = stampedAt ?? first.claimedAt;
    const engine = this.engines.find((candidate) => candidate.knows(read));
    const reason = faultInPlainSight(read, file) ?? (engine ? await engine.faultOf(read, file) : nameless(read));
    return {
      integrity: integrityBy(reason),
      reason,
      chain: engine && reason === null ? await engine.chainOf(read, signedAt ?? checkedAt) : 'UNKNOWN',
      signer: signerIn(first.certificate.subject),
      signedAt,
      timeSource: stampedAt ? 'TIMESTAMP' : signedAt ? 'SIGNER' : null,
      certificate: certificateOf(first),
      attached: read.content !== null,
      algorithm: `${algorithmName(keyAlgorithmOf(first))}, ${algorithmName(first.info.digestAlgorithm.algorithmId)}`,
      signers: read.signers.length,
      checkedAt,
    };
  }
}

const nothingRead = (reason: SignatureFault, checkedAt: Date): SignatureVerdict => ({
  integrity: integrityBy(reason),
  reason,
  signer: null,
  signedAt: null,
  timeSource: null,
  certificate: null,
  chain: 'UNKNOWN',
  attached: false,
  algorithm: '',
  signers: 0,
  checkedAt,
});

const integrityBy = (reason: SignatureFault | null): SignatureVerdict['integrity'] =>
  reason === null ? 'VALID' : UNTOLD.has(reason) ? 'UNSUPPORTED' : 'INVALID';

/** What needs no arithmetic: a copy inside that is not the file, digests and keys that prove nothing. */
function faultInPlainSight({ content, signers }: ReadSignature, file: Uint8Array): SignatureFault | null {
  if (content && !content.equals(file)) return 'OTHER_CONTENT';
  return signers.some(isWeak) ? 'WEAK_ALGORITHM' : null;
}

function isWeak({ info, certificate }: Signer): boolean {
  if (isForgeable(info.digestAlgorithm.algorithmId) || isForgeable(info.signatureAlgorithm.algorithmId)) return true;
  try {
    return (asX509(certificate).publicKey.asymmetricKeyDetails?.modulusLength ?? MIN_RSA_BITS) < MIN_RSA_BITS;
  } catch {
    return false; // a key Node does not know: its engine will
  }
}

const keyAlgorithmOf = ({ certificate }: Signer): string => certificate.subjectPublicKeyInfo.algorithm.algorithmId;

const nameless = ({ signers }: ReadSignature): SignatureFault =>
  signers.some((signer) => isGost(keyAlgorithmOf(signer))) ? 'GOST_UNAVAILABLE' : 'UNKNOWN_ALGORITHM';

const certificateOf = ({ certificate }: Signer): SignatureVerdict['certificate'] => ({
  issuer: commonNameIn(certificate.issuer) ?? '',
  serial: Buffer.from(certificate.serialNumber.valueBlock.valueHexView).toString('hex'),
  validFrom: certificate.notBefore.value,
  validTo: certificate.notAfter.value,
});
