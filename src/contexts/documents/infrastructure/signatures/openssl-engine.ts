import { spawn } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type CertificateChain, type SignatureFault } from '../../domain/signature-verdict.js';
import { isGost } from './algorithms.js';
import { type ReadSignature } from './read-signature.js';
import { type SignatureEngine } from './signature-engine.js';
import { type TrustedRoots } from './trusted-roots.js';

/** Exit code of `openssl cms -verify` that says: it does not hold. All others mean that it never got so far. */
const REFUSED = 4;
const TIMEOUT_MS = 10_000;
/** What it says of an error is a few lines. */
const MAX_WORDS = 16 * 1024;

export interface OpensslSettings {
  /** Path of the program. */
  readonly program: string;
  /** Path of `gost.so`; null when the program finds the engine by itself. */
  readonly engine: string | null;
  readonly timeoutMs?: number;
}

/** How a run ended: its exit code (null when it was killed or never began) and what it said. */
interface Outcome {
  readonly code: number | null;
  readonly words: string;
}

/**
 * Signatures by GOST R 34.10, checked by the program `openssl` with the engine `gost`: Node's own library has no such algorithms. The files lie
 * in a folder of their own, which only this user may open, for as long as the program runs; there is no shell.
 */
export class OpensslEngine implements SignatureEngine {
  readonly name = 'openssl+gost';

  constructor(
    private readonly roots: TrustedRoots,
    private readonly settings: OpensslSettings,
  ) {}

  /** It has every algorithm that OpenSSL has. */
  knows(): boolean {
    return true;
  }

  async faultOf(signature: ReadSignature, file: Uint8Array): Promise<SignatureFault | null> {
    const { code, words } = await this.run(signature, file, ['-noverify']);
    if (code === 0) return null;
    if (code !== REFUSED) return 'CHECK_FAILED';
    if (/decode error|no public key|unsupported|unknown (digest|signature)|no matching digest/i.test(words))
      return usesGost(signature) ? 'GOST_UNAVAILABLE' : 'UNKNOWN_ALGORITHM';
    return words.includes('verify_content') ? 'OTHER_CONTENT' : 'ALTERED_SIGNATURE';
  }

  /** Only our roots count, not those of the machine. */
  async chainOf(signature: ReadSignature, at: Date): Promise<CertificateChain> {
    if (this.roots.certificates.length === 0) return 'NO_ROOTS';
    const moment = String(Math.floor(at.getTime() / 1000));
    const { code, words } = await this.run(signature, null, [
      ...['-CAfile', 'roots.pem', '-no-CApath', '-no-CAstore', '-purpose', 'any', '-attime', moment],
      // The content was checked before: what is left is the certificates.
      ...['-content', '/dev/null', '-no_content_verify', '-no_attr_verify'],
    ]);
    if (code === 0) return 'TRUSTED';
    if (code !== REFUSED) return 'UNKNOWN';
    return /certificate (has expired|is not yet valid)/.test(words) ? 'EXPIRED' : 'UNTRUSTED';
  }

  private async run(signature: ReadSignature, file: Uint8Array | null, options: readonly string[]): Promise<Outcome> {
    const folder = await mkdtemp(join(tmpdir(), 'lk-signature-'));
    try {
      const detached = file !== null && signature.content === null;
      await Promise.all([
        writeFile(join(folder, 'signature'), signature.bytes, { mode: 0o600 }),
        writeFile(join(folder, 'openssl.cnf'), configuration(this.settings.engine)),
        writeFile(join(folder, 'roots.pem'), this.roots.pem),
        ...(detached ? [writeFile(join(folder, 'file'), file, { mode: 0o600 })] : []),
      ]);
      const input = ['cms', '-verify', '-binary', '-inform', 'DER', '-in', 'signature', '-out', '/dev/null'];
      return await this.spawn(folder, [...input, ...(detached ? ['-content', 'file'] : []), ...options]);
    } finally {
      await rm(folder, { recursive: true, force: true });
    }
  }

  private spawn(folder: string, args: readonly string[]): Promise<Outcome> {
    return new Promise((ended) => {
      const child = spawn(this.settings.program, args, {
        cwd: folder,
        env: { OPENSSL_CONF: join(folder, 'openssl.cnf'), LC_ALL: 'C' },
        stdio: ['ignore', 'ignore', 'pipe'],
        timeout: this.settings.timeoutMs ?? TIMEOUT_MS,
        killSignal: 'SIGKILL',
      });
      let words = '';
      child.stderr.on('data', (chunk: Buffer) => (words = (words + chunk.toString('latin1')).slice(0, MAX_WORDS)));
      child.once('error', () => ended({ code: null, words }));
      child.once('close', (code) => ended({ code, words }));
    });
  }
}

const usesGost = ({ signers }: ReadSignature): boolean =>
  signers.some(({ info, certificate }) =>
    [info.digestAlgorithm.algorithmId, certificate.subjectPublicKeyInfo.algorithm.algorithmId].some(isGost),
  );

const configuration = (engine: string | null): string => `openssl_conf = init
[init]
engines = engines
[engines]
gost = gost
[gost]
engine_id = gost
${engine ? `dynamic_path = ${engine}\n` : ''}default_algorithms = ALL
`;
