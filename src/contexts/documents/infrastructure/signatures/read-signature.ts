import { X509Certificate } from 'node:crypto';
import { type BaseBlock, fromBER, GeneralizedTime, OctetString, UTCTime } from 'asn1js';
import { Certificate, ContentInfo, IssuerAndSerialNumber, SignedData, type SignerInfo } from 'pkijs';
import { type SignatureFault } from '../../domain/signature-verdict.js';
import { signedDataIn } from '../content/detached-signature.js';
import { hasModestEnvelope } from './envelope.js';

/** What has more elements was made to keep us busy. Octets are not looked into: a copy of a file may be anything. */
const LIMITS = { maxDepth: 64, maxNodes: 10_000, parseEmbedded: false };
const MAX_SIGNERS = 10;
const MAX_CERTIFICATES = 50;

const SIGNING_TIME = '1.2.840.113549.1.9.5';
const SUBJECT_KEY_IDENTIFIER = '2.5.29.14';

/** The structure of a CMS signature before anything in it is believed. */
export interface ReadSignature {
  /** Binary, whatever form the file had. */
  readonly bytes: Buffer;
  readonly signedData: SignedData;
  readonly signers: readonly Signer[];
  /** Every certificate inside. */
  readonly certificates: readonly Certificate[];
  /** The copy of the file inside; null when the signature is detached. */
  readonly content: Buffer | null;
}

export interface Signer {
  readonly info: SignerInfo;
  readonly certificate: Certificate;
  /** By the signer's own clock; null when the signer did not say. */
  readonly claimedAt: Date | null;
}

/** Reads a `.sig` in any of its forms, or says why it cannot. Everything comes from a stranger: sizes are bounded, nothing throws. */
export function readSignature(file: Uint8Array): ReadSignature | SignatureFault {
  try {
    const bytes = signedDataIn(Buffer.from(file));
    if (!bytes) return 'UNREADABLE';
    return hasModestEnvelope(bytes) ? readCms(bytes) : 'TOO_COMPLEX';
  } catch {
    return 'UNREADABLE';
  }
}

function readCms(bytes: Buffer): ReadSignature | SignatureFault {
  const signedData = parseSignedData(bytes);
  const { signerInfos, certificates = [] } = signedData;
  if (signerInfos.length > MAX_SIGNERS || certificates.length > MAX_CERTIFICATES) return 'TOO_COMPLEX';
  if (signerInfos.length === 0) return 'NO_SIGNER';
  const known = certificates.filter((certificate) => certificate instanceof Certificate);
  const signers = signerInfos.flatMap((info) => {
    const certificate = known.find((candidate) => isNamedBy(info, candidate));
    return certificate ? [{ info, certificate, claimedAt: claimedTimeOf(info) }] : [];
  });
  if (signers.length < signerInfos.length) return 'NO_CERTIFICATE';
  const { eContent } = signedData.encapContentInfo;
  return {
    bytes,
    signedData,
    signers,
    certificates: known,
    content: eContent ? Buffer.from(eContent.getValue()) : null,
  };
}

/** Throws when the bytes are not SignedData. */
export function parseSignedData(bytes: Uint8Array): SignedData {
  const { offset, result } = fromBER(bytes, LIMITS);
  if (offset === -1) throw new TypeError(result.error);
  const contentInfo = new ContentInfo({ schema: result });
  return new SignedData({ schema: contentInfo.content });
}

/** Whether the signer names this certificate: by issuer and serial number, or by the identifier of its key. */
function isNamedBy({ sid }: SignerInfo, certificate: Certificate): boolean {
  if (sid instanceof IssuerAndSerialNumber)
    return certificate.issuer.isEqual(sid.issuer) && certificate.serialNumber.isEqual(sid.serialNumber);
  const keyId = octetsIn(sid as BaseBlock);
  const extension = certificate.extensions?.find(({ extnID }) => extnID === SUBJECT_KEY_IDENTIFIER);
  return (
    keyId !== null &&
    extension?.parsedValue instanceof OctetString &&
    keyId.equals(Buffer.from(extension.parsedValue.getValue()))
  );
}

/** `[0] SubjectKeyIdentifier` has its octets in itself, or in an octet string when the tag is explicit. */
function octetsIn(block: BaseBlock): Buffer | null {
  const { valueHexView, value } = block.valueBlock as { valueHexView?: Uint8Array; value?: readonly BaseBlock[] };
  const [inner] = value ?? [];
  if (inner instanceof OctetString) return Buffer.from(inner.getValue());
  return valueHexView ? Buffer.from(valueHexView) : null;
}

function claimedTimeOf({ signedAttrs }: SignerInfo): Date | null {
  const attribute = signedAttrs?.attributes.find(({ type }) => type === SIGNING_TIME);
  const value: unknown = attribute?.values[0];
  // GeneralizedTime extends UTCTime.
  const time = value instanceof UTCTime || value instanceof GeneralizedTime ? value.toDate() : null;
  return time && !Number.isNaN(time.getTime()) ? time : null;
}

/** The certificate as Node reads it: with the checks of OpenSSL. */
export const asX509 = (certificate: Certificate): X509Certificate =>
  new X509Certificate(Buffer.from(certificate.toSchema().toBER()));
