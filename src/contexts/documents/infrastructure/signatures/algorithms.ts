/** Object identifiers of CMS signatures, as people name them. */
const NAMES: Readonly<Record<string, string>> = {
  '1.2.840.113549.2.5': 'MD5',
  '1.3.14.3.2.26': 'SHA-1',
  '2.16.840.1.101.3.4.2.4': 'SHA-224',
  '2.16.840.1.101.3.4.2.1': 'SHA-256',
  '2.16.840.1.101.3.4.2.2': 'SHA-384',
  '2.16.840.1.101.3.4.2.3': 'SHA-512',
  '1.2.643.2.2.9': 'ГОСТ Р 34.11-94',
  '1.2.643.7.1.1.2.2': 'ГОСТ Р 34.11-2012 (256)',
  '1.2.643.7.1.1.2.3': 'ГОСТ Р 34.11-2012 (512)',
  '1.2.840.113549.1.1.1': 'RSA',
  '1.2.840.113549.1.1.10': 'RSA-PSS',
  '1.2.840.10045.2.1': 'ECDSA',
  '1.2.643.2.2.19': 'ГОСТ Р 34.10-2001',
  '1.2.643.7.1.1.1.1': 'ГОСТ Р 34.10-2012 (256)',
  '1.2.643.7.1.1.1.2': 'ГОСТ Р 34.10-2012 (512)',
};

/** The name, or the bare identifier of what has none here. */
export const algorithmName = (oid: string): string => NAMES[oid] ?? oid;

/** Keys and digests of Russian standards (branches of CryptoPro and of TK 26). */
export const isGost = (oid: string): boolean => /^1\.2\.643\.(2\.2|7\.1\.1)\./.test(oid);

const FORGEABLE: ReadonlySet<string> = new Set([
  '1.2.840.113549.2.2', // MD2
  '1.2.840.113549.2.4', // MD4
  '1.2.840.113549.2.5', // MD5
  '1.3.14.3.2.26', // SHA-1
  '1.2.840.113549.1.1.4', // MD5 with RSA
  '1.2.840.113549.1.1.5', // SHA-1 with RSA
  '1.2.840.10045.4.1', // ECDSA with SHA-1
]);

/** Digests, alone or together with a key, for which other content with the same digest can be made. */
export const isForgeable = (oid: string): boolean => FORGEABLE.has(oid);

/** NIST SP 800-131A: shorter RSA keys are not accepted since 2014. */
export const MIN_RSA_BITS = 2048;
