import { createHash } from 'node:crypto';
import { ObjectIdentifier, OctetString, UTCTime } from 'asn1js';
import {
  Attribute,
  Certificate,
  ContentInfo,
  CryptoEngine,
  EncapsulatedContentInfo,
  IssuerAndSerialNumber,
  SignedAndUnsignedAttributes,
  SignedData,
  SignerInfo,
} from 'pkijs';
import { type Identity } from './centre.js';

const engine = new CryptoEngine({ name: 'node', crypto });

/** A detached signature (CMS, DER) with the time and the certificate inside. */
export async function sign(file: Uint8Array, { certificate, key }: Identity, now: Date): Promise<Buffer> {
  const own = Certificate.fromBER(certificate.rawData);
  const digest = Uint8Array.from(createHash('sha256').update(file).digest()).buffer;
  const attribute = (type: string, value: ObjectIdentifier | UTCTime | OctetString) =>
    new Attribute({ type, values: [value] });
  const signedData = new SignedData({
    version: 1,
    encapContentInfo: new EncapsulatedContentInfo({ eContentType: ContentInfo.DATA }),
    certificates: [own],
    signerInfos: [
      new SignerInfo({
        version: 1,
        sid: new IssuerAndSerialNumber({ issuer: own.issuer, serialNumber: own.serialNumber }),
        signedAttrs: new SignedAndUnsignedAttributes({
          type: 0,
          attributes: [
            attribute('1.2.840.113549.1.9.3', new ObjectIdentifier({ value: ContentInfo.DATA })),
            attribute('1.2.840.113549.1.9.5', new UTCTime({ valueDate: now })),
            attribute('1.2.840.113549.1.9.4', new OctetString({ valueHex: digest })),
          ],
        }),
      }),
    ],
  });
  await signedData.sign(key, 0, 'SHA-256', undefined, engine);
  const content: unknown = signedData.toSchema(true);
  return Buffer.from(new ContentInfo({ contentType: ContentInfo.SIGNED_DATA, content }).toSchema().toBER());
}
