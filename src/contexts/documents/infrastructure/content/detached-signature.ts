/** 1.2.840.113549.1.7.2, SignedData of CMS. */
const SIGNED_DATA = Buffer.from('06092a864886f70d010702', 'hex');
/** For text without white space around it: a pattern that could divide that in several ways would try them all. */
const ARMOUR = /^-----BEGIN (PKCS7|CMS|SIGNED DATA)-----([A-Za-z0-9+/=\s]+)-----END \1-----$/;
const BASE64 = /^[A-Za-z0-9+/\s]+={0,2}$/;

/** A CMS signature as DER, PEM or bare base64. Says what the file is, not whether the signature holds. */
export const isDetachedSignature = (bytes: Buffer): boolean => signedDataIn(bytes) !== null;

/** The CMS structure in the form it has in binary; null when the file is nothing of the kind. */
export function signedDataIn(bytes: Buffer): Buffer | null {
  if (isSignedData(bytes)) return bytes;
  const text = bytes.toString('latin1').trim();
  const base64 = ARMOUR.exec(text)?.[2] ?? (BASE64.test(text) ? text : null);
  const decoded = base64 === null ? null : Buffer.from(base64, 'base64');
  return decoded && isSignedData(decoded) ? decoded : null;
}

/** SEQUENCE whose length fits the file (or is indefinite), then the object identifier. */
function isSignedData(bytes: Buffer): boolean {
  const lengthByte = bytes[1];
  if (bytes[0] !== 0x30 || lengthByte === undefined) return false;
  const lengthBytes = lengthByte & 0x80 ? lengthByte & 0x7f : 0;
  if (lengthBytes > 4 || bytes.length < 2 + lengthBytes + SIGNED_DATA.length) return false;
  const content = 2 + lengthBytes;
  const length = lengthBytes === 0 ? lengthByte : bytes.readUIntBE(2, lengthBytes);
  const fits = lengthByte === 0x80 || content + length === bytes.length;
  return fits && bytes.subarray(content, content + SIGNED_DATA.length).equals(SIGNED_DATA);
}
