import { Certificate, TSTInfo } from 'pkijs';
import { isForgeable } from './algorithms.js';
import { pathOf, webCrypto } from './certificate-path.js';
import { asX509, parseSignedData, type Signer } from './read-signature.js';

/** CAdES-T: id-aa-signatureTimeStampToken (RFC 5126 §6.1.1). */
const TIME_STAMP_TOKEN = '1.2.840.113549.1.9.16.2.14';
const TST_INFO = '1.2.840.113549.1.9.16.1.4';
/** Extended key usage of a time-stamping authority. */
const TIME_STAMPING = '1.3.6.1.5.5.7.3.8';

/**
 * When the signature existed at the latest, by the word of a time-stamping authority that leads to one of `roots` (RFC 3161). Null when there
 * is no time stamp or it does not hold: then only the signer's own clock is left. Stamps by GOST are passed over.
 */
export async function provenTime(signer: Signer, roots: readonly Certificate[]): Promise<Date | null> {
  const attribute = signer.info.unsignedAttrs?.attributes.find(({ type }) => type === TIME_STAMP_TOKEN);
  const token = attribute?.values[0] as { readonly valueBeforeDecodeView: Uint8Array } | undefined;
  if (!token) return null;
  try {
    return await timeIn(token.valueBeforeDecodeView, signer, roots);
  } catch {
    return null; // pkijs throws for whatever does not hold
  }
}

async function timeIn(token: Uint8Array, signer: Signer, roots: readonly Certificate[]): Promise<Date | null> {
  const stamp = parseSignedData(token);
  const { eContentType, eContent } = stamp.encapContentInfo;
  if (eContentType !== TST_INFO || !eContent) return null;
  const { genTime, messageImprint } = TSTInfo.fromBER(eContent.getValue());
  const digest = stamp.signerInfos[0]?.digestAlgorithm.algorithmId ?? '';
  if (isForgeable(digest) || isForgeable(messageImprint.hashAlgorithm.algorithmId)) return null;
  const stamped = Uint8Array.from(signer.info.signature.valueBlock.valueHexView).buffer;
  const { signatureVerified, signerCertificate } = await stamp.verify(
    { signer: 0, data: stamped, extendedMode: true },
    webCrypto,
  );
  if (!signatureVerified || !signerCertificate) return null;
  if (!asX509(signerCertificate).keyUsage?.includes(TIME_STAMPING)) return null;
  const others = (stamp.certificates ?? []).filter((certificate) => certificate instanceof Certificate);
  return (await pathOf(signerCertificate, others, roots, genTime)) === 'TRUSTED' ? genTime : null;
}
