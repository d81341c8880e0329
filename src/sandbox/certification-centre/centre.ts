import 'reflect-metadata';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import {
  BasicConstraintsExtension,
  type JsonName,
  KeyUsageFlags,
  KeyUsagesExtension,
  PemConverter,
  SubjectKeyIdentifierExtension,
  X509Certificate,
  X509CertificateGenerator,
} from '@peculiar/x509';

const RSA = {
  name: 'RSASSA-PKCS1-v1_5',
  hash: 'SHA-256',
  publicExponent: new Uint8Array([1, 0, 1]),
  modulusLength: 2048,
};
const DAY = 24 * 3600 * 1000;
const CENTRE_NAME: JsonName = [{ CN: ['Учебный удостоверяющий центр, образец'] }, { C: ['RU'] }];
const STRANGER_NAME: JsonName = [{ CN: ['Неизвестный центр, образец'] }, { C: ['RU'] }];

/** Invented people with certificates; what a signature by each of them shows is in `shows`. */
export const SIGNERS = {
  person: {
    title: 'Образцов Иван Петрович',
    shows: 'подпись подтверждена',
    name: subject('Образцов', 'Иван Петрович', null),
  },
  official: {
    title: 'Примерова Анна Сергеевна, Комитет-образец',
    shows: 'подпись подтверждена, с организацией и ИНН',
    name: subject('Примерова', 'Анна Сергеевна', 'Комитет-образец'),
  },
  expired: {
    title: 'Давнов Пётр Ильич',
    shows: 'сертификат не действовал, когда файл подписали',
    name: subject('Давнов', 'Пётр Ильич', null),
  },
  stranger: {
    title: 'Незнакомов Олег Юрьевич',
    shows: 'центра, который выдал сертификат, портал не знает',
    name: subject('Незнакомов', 'Олег Юрьевич', null),
  },
} as const satisfies Record<string, { title: string; shows: string; name: JsonName }>;

export type SignerId = keyof typeof SIGNERS;
export const isSignerId = (text: string): text is SignerId => Object.hasOwn(SIGNERS, text);

export interface Identity {
  readonly certificate: X509Certificate;
  readonly key: CryptoKey;
}

/** As it is kept: PEM of the certificate, and of the key in PKCS #8. */
interface KeptIdentity {
  readonly certificatePem: string;
  readonly keyPem: string;
}

/** Where the root lies that a portal may trust, in a data folder. */
export const rootFileIn = (dataDir: string): string => join(dataDir, 'certification-centre', 'root.pem');

/** The people of the sample centre with their keys: made at the first start, then read from the data folder. */
export async function openCentre(dataDir: string): Promise<Readonly<Record<SignerId, Identity>>> {
  const file = join(dataDir, 'certification-centre', 'signers.json');
  if (!existsSync(file)) await make(file, rootFileIn(dataDir));
  const kept = JSON.parse(readFileSync(file, 'utf8')) as Record<SignerId, KeptIdentity>;
  const opened = Object.entries(kept).map(async ([id, { certificatePem, keyPem }]) => {
    const [pkcs8] = PemConverter.decode(keyPem);
    const key = await crypto.subtle.importKey('pkcs8', pkcs8!, RSA, false, ['sign']);
    return [id, { certificate: new X509Certificate(certificatePem), key }] as const;
  });
  return Object.fromEntries(await Promise.all(opened)) as Record<SignerId, Identity>;
}

/** The keys of the two centres are forgotten at once: nobody needs more certificates. */
async function make(file: string, rootFile: string): Promise<void> {
  const centre = await rootOf(CENTRE_NAME);
  const stranger = await rootOf(STRANGER_NAME);
  const now = Date.now();
  const decade = [now - DAY, now + 3650 * DAY] as const;
  const past = [now - 800 * DAY, now - 435 * DAY] as const;
  const kept: Record<SignerId, KeptIdentity> = {
    person: await issue(SIGNERS.person.name, '11', decade, centre),
    official: await issue(SIGNERS.official.name, '12', decade, centre),
    expired: await issue(SIGNERS.expired.name, '13', past, centre),
    stranger: await issue(SIGNERS.stranger.name, '14', decade, stranger),
  };
  mkdirSync(join(file, '..'), { recursive: true });
  writeFileSync(rootFile, `${centre.certificate.toString('pem')}\n`);
  writeFileSync(file, JSON.stringify(kept, null, 2), { mode: 0o600 });
}

async function rootOf(name: JsonName): Promise<Identity> {
  const keys = await crypto.subtle.generateKey(RSA, true, ['sign', 'verify']);
  const certificate = await X509CertificateGenerator.createSelfSigned({
    serialNumber: '01',
    name,
    notBefore: new Date(Date.now() - 1000 * DAY),
    notAfter: new Date(Date.now() + 4000 * DAY),
    signingAlgorithm: RSA,
    keys,
    extensions: [
      new BasicConstraintsExtension(true, undefined, true),
      new KeyUsagesExtension(KeyUsageFlags.keyCertSign | KeyUsageFlags.cRLSign, true),
      await SubjectKeyIdentifierExtension.create(keys.publicKey),
    ],
  });
  return { certificate, key: keys.privateKey };
}

async function issue(
  name: JsonName,
  serialNumber: string,
  [from, to]: readonly [number, number],
  centre: Identity,
): Promise<KeptIdentity> {
  const keys = await crypto.subtle.generateKey(RSA, true, ['sign', 'verify']);
  const certificate = await X509CertificateGenerator.create({
    serialNumber,
    subject: name,
    issuer: centre.certificate.subject,
    notBefore: new Date(from),
    notAfter: new Date(to),
    publicKey: keys.publicKey,
    signingKey: centre.key,
    signingAlgorithm: RSA,
    extensions: [new KeyUsagesExtension(KeyUsageFlags.digitalSignature | KeyUsageFlags.nonRepudiation, true)],
  });
  const keyPem = PemConverter.encode(await crypto.subtle.exportKey('pkcs8', keys.privateKey), 'PRIVATE KEY');
  return { certificatePem: certificate.toString('pem'), keyPem };
}

/** As a qualified certificate names a person; the ИНН is invented and has right check digits. */
function subject(surname: string, givenName: string, organisation: string | null): JsonName {
  return [
    { CN: [organisation ?? `${surname} ${givenName}`] },
    { SN: [surname] },
    { G: [givenName] },
    ...(organisation ? [{ O: [organisation] }, { '1.2.643.100.4': ['7800000020'] }] : []),
    { C: ['RU'] },
  ];
}
