import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { GOST_ENGINE } from './gost.js';

/** Arguments of `openssl genpkey`. */
const KEYS = {
  RSA: ['RSA', '-pkeyopt', 'rsa_keygen_bits:2048'],
  'RSA 1024': ['RSA', '-pkeyopt', 'rsa_keygen_bits:1024'],
  ECDSA: ['EC', '-pkeyopt', 'ec_paramgen_curve:P-256'],
  Brainpool: ['EC', '-pkeyopt', 'ec_paramgen_curve:brainpoolP256r1'],
  'ГОСТ 256': ['gost2012_256', '-pkeyopt', 'paramset:A'],
  'ГОСТ 512': ['gost2012_512', '-pkeyopt', 'paramset:A'],
} as const;
export type KeyKind = keyof typeof KEYS;

const DIGESTS: Partial<Record<KeyKind, string>> = { 'ГОСТ 256': 'md_gost12_256', 'ГОСТ 512': 'md_gost12_512' };

const CONFIGURATION = `openssl_conf = init
[init]
oid_section = oids
${GOST_ENGINE ? `engines = engines\n[engines]\ngost = gost\n[gost]\nengine_id = gost\ndynamic_path = ${GOST_ENGINE}\ndefault_algorithms = ALL` : ''}
[oids]
innle = 1.2.643.100.4
[req]
distinguished_name = empty
[empty]
[centre]
database = index
new_certs_dir = .
policy = any
rand_serial = yes
unique_subject = no
email_in_dn = no
[any]
C = optional
CN = optional
SN = optional
GN = optional
O = optional
INN = optional
innle = optional
SNILS = optional
[person]
keyUsage = critical, digitalSignature, nonRepudiation
subjectKeyIdentifier = hash
authorityKeyIdentifier = keyid
[centre_certificate]
basicConstraints = critical, CA:true
keyUsage = critical, keyCertSign, cRLSign
subjectKeyIdentifier = hash
[clockwork]
keyUsage = critical, digitalSignature
extendedKeyUsage = critical, timeStamping
[tsa]
serial = tsa.serial
default_policy = 1.2.3.4.1
signer_digest = sha256
digests = sha256
`;

/** Names of the files of a certificate and its key in the folder of the centre. */
export interface Holder {
  readonly certificate: string;
  readonly key: string;
}

interface Issue {
  readonly subject?: string;
  readonly as?: 'person' | 'centre_certificate' | 'clockwork';
  readonly by?: Holder;
  readonly keys?: KeyKind;
  /** Another certificate of this holder's key. */
  readonly keyOf?: Holder;
  /** `YYMMDDHHMMSSZ`. */
  readonly valid?: readonly [from: string, to: string];
}

const DECADE = ['200101000000Z', '391231000000Z'] as const;

/** A certification centre of one spec, by the program openssl: a root, certificates of invented people, signatures. Closing it erases all. */
export class CertificationCentre {
  private readonly folder = mkdtempSync(join(tmpdir(), 'lk-centre-'));
  private issued = 0;
  readonly root: Holder = { certificate: 'root.pem', key: 'root.key' };

  constructor(private readonly keys: KeyKind) {
    writeFileSync(this.at('openssl.cnf'), CONFIGURATION);
    writeFileSync(this.at('index'), '');
    writeFileSync(this.at('tsa.serial'), '01');
    this.makeKey(this.root, keys);
    this.request(this.root, '/CN=Корневой центр');
    this.certify(this.root, this.root, 'centre_certificate', DECADE, ['-selfsign']);
  }

  /** A bundle with the root in it. */
  get rootsFile(): string {
    return this.at(this.root.certificate);
  }

  issue(issue: Issue = {}): Holder {
    this.issued += 1;
    const holder = { certificate: `${this.issued}.pem`, key: issue.keyOf?.key ?? `${this.issued}.key` };
    if (!issue.keyOf) this.makeKey(holder, issue.keys ?? this.keys);
    this.request(holder, issue.subject ?? '/CN=Невская Мария Петровна/SN=Невская/GN=Мария Петровна');
    this.certify(holder, issue.by ?? this.root, issue.as ?? 'person', issue.valid ?? DECADE, []);
    return holder;
  }

  /** A detached signature in DER, unless `options` of `openssl cms -sign` say otherwise. */
  sign(file: Uint8Array, holders: readonly Holder[], ...options: string[]): Buffer {
    writeFileSync(this.at('file'), file);
    const signers = holders.flatMap(({ certificate, key }) => ['-signer', certificate, '-inkey', key]);
    const form = options.includes('-outform') ? [] : ['-outform', 'DER'];
    this.openssl('cms', '-sign', '-binary', '-in', 'file', ...signers, ...form, '-out', 'signature', ...options);
    return readFileSync(this.at('signature'));
  }

  /** A time stamp (RFC 3161) of these bytes. */
  stamp(bytes: Uint8Array, authority: Holder): Buffer {
    writeFileSync(this.at('stamped'), bytes);
    this.openssl('ts', '-query', '-data', 'stamped', '-sha256', '-cert', '-out', 'query');
    const signer = ['-signer', authority.certificate, '-inkey', authority.key, '-section', 'tsa'];
    this.openssl('ts', '-reply', '-queryfile', 'query', ...signer, '-token_out', '-out', 'token');
    return readFileSync(this.at('token'));
  }

  /** Several certificates in one file, for the option `-certfile`. */
  bundle(holders: readonly Holder[]): string {
    const texts = holders.map(({ certificate }) => readFileSync(this.at(certificate), 'utf8'));
    writeFileSync(this.at('bundle.pem'), texts.join(''));
    return 'bundle.pem';
  }

  close(): void {
    rmSync(this.folder, { recursive: true, force: true });
  }

  private makeKey({ key }: Holder, keys: KeyKind): void {
    this.openssl('genpkey', '-algorithm', ...KEYS[keys], '-out', key);
  }

  private request({ key }: Holder, subject: string): void {
    this.openssl('req', '-new', '-key', key, '-out', 'csr', '-utf8', '-subj', subject);
  }

  private certify(
    holder: Holder,
    issuer: Holder,
    as: string,
    [from, to]: readonly [string, string],
    options: string[],
  ): void {
    const by = options.includes('-selfsign') ? [] : ['-cert', issuer.certificate];
    const shape = ['-extensions', as, '-startdate', from, '-enddate', to, '-md', DIGESTS[this.keys] ?? 'sha256'];
    const files = ['-in', 'csr', '-keyfile', issuer.key, ...by, '-out', holder.certificate];
    this.openssl('ca', '-batch', '-name', 'centre', '-notext', '-utf8', ...files, ...shape, ...options);
  }

  private at(name: string): string {
    return join(this.folder, name);
  }

  private openssl(...args: readonly string[]): void {
    execFileSync('openssl', args, {
      cwd: this.folder,
      stdio: 'pipe',
      env: { ...process.env, OPENSSL_CONF: this.at('openssl.cnf') },
    });
  }
}
