import { type RelativeDistinguishedNames } from 'pkijs';
import { type SignatureSigner } from '../../domain/signature-verdict.js';

/** Attributes of a subject; those of qualified certificates by order 795 of the FSB. */
const ATTRIBUTE = {
  commonName: '2.5.4.3',
  surname: '2.5.4.4',
  organisation: '2.5.4.10',
  givenName: '2.5.4.42',
  inn: '1.2.643.3.131.1.1',
  organisationInn: '1.2.643.100.4',
  snils: '1.2.643.100.3',
} as const;

const MAX_LENGTH = 200;

/** An attribute of the name in one line: signs that are not seen could make another name of it. Null when it is not there. */
function valueOf(name: RelativeDistinguishedNames, attribute: string): string | null {
  const found = name.typesAndValues.find(({ type }) => type === attribute);
  const value: unknown = found?.value.valueBlock.value;
  if (typeof value !== 'string') return null;
  const text = value.replace(/\p{C}/gu, '').replace(/\s+/g, ' ').trim();
  return text === '' ? null : text.slice(0, MAX_LENGTH);
}

/** The person (or service) a certificate was issued to. */
export function signerIn(subject: RelativeDistinguishedNames): SignatureSigner {
  const surname = valueOf(subject, ATTRIBUTE.surname);
  const givenName = valueOf(subject, ATTRIBUTE.givenName);
  const organisation = valueOf(subject, ATTRIBUTE.organisation);
  const organisationInn = valueOf(subject, ATTRIBUTE.organisationInn);
  return {
    name: surname && givenName ? `${surname} ${givenName}` : (commonNameIn(subject) ?? organisation ?? ''),
    organisation,
    inn: (organisation && organisationInn) ?? valueOf(subject, ATTRIBUTE.inn)?.replace(/^00(?=\d{10}$)/, '') ?? null,
    snils: valueOf(subject, ATTRIBUTE.snils),
  };
}

export const commonNameIn = (name: RelativeDistinguishedNames): string | null => valueOf(name, ATTRIBUTE.commonName);
