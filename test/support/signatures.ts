import { fromBER } from 'asn1js';
import { Attribute, ContentInfo, SignedAndUnsignedAttributes, SignedData } from 'pkijs';
import { CertificationCentre, type Holder, type KeyKind } from './certification-centre.js';

/** Certification centres of one spec; `closeAll` erases them. */
export function certificationCentres() {
  const opened: CertificationCentre[] = [];
  return {
    centreOf: (keys: KeyKind): CertificationCentre => {
      const centre = new CertificationCentre(keys);
      opened.push(centre);
      return centre;
    },
    closeAll: () => opened.forEach((centre) => centre.close()),
  };
}

/** One bit of it is another; `at` counts from the end when it is negative. */
export function withByteChanged(bytes: Buffer, at: number): Buffer {
  const changed = Buffer.from(bytes);
  changed[at < 0 ? changed.length + at : at]! ^= 1;
  return changed;
}

export const signedDataOf = (signature: Buffer): SignedData =>
  new SignedData({ schema: ContentInfo.fromBER(Uint8Array.from(signature)).content });

export function cmsOf(signedData: SignedData): Buffer {
  const content = signedData.toSchema(true);
  return Buffer.from(new ContentInfo({ contentType: ContentInfo.SIGNED_DATA, content }).toSchema().toBER());
}

/** Puts a time stamp into a signature, as CAdES-T has it. */
export function stamped(signature: Buffer, centre: CertificationCentre, authority: Holder): Buffer {
  const signedData = signedDataOf(signature);
  const info = signedData.signerInfos[0]!;
  const token = centre.stamp(new Uint8Array(info.signature.getValue()), authority);
  const attribute = new Attribute({
    type: '1.2.840.113549.1.9.16.2.14',
    values: [fromBER(Uint8Array.from(token)).result],
  });
  info.unsignedAttrs = new SignedAndUnsignedAttributes({ type: 1, attributes: [attribute] });
  return cmsOf(signedData);
}
