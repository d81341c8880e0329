import { type X509Certificate } from 'node:crypto';
import { type Certificate, CertificateChainValidationEngine, CryptoEngine } from 'pkijs';
import { asX509 } from './read-signature.js';

/** WebCrypto of Node under the name pkijs knows. */
export const webCrypto = new CryptoEngine({ name: 'node', crypto });

const MAX_LENGTH = 8;
const MAX_PATHS = 5;
/** pkijs: one of the certificates was not valid at the date. */
const OUT_OF_DATE = 8;

interface Node {
  readonly certificate: Certificate;
  readonly x509: X509Certificate;
}

/**
 * Whether the certificate leads over some of `others` to one of `roots`, all of them valid at that moment. pkijs looks for ways by itself, too,
 * but follows certificates that vouch for each other in a circle for ever: so ways are found here and only judged there.
 */
export async function pathOf(
  certificate: Certificate,
  others: readonly Certificate[],
  roots: readonly Certificate[],
  at: Date,
): Promise<'TRUSTED' | 'UNTRUSTED' | 'EXPIRED'> {
  let best: 'UNTRUSTED' | 'EXPIRED' = 'UNTRUSTED';
  for (const path of pathsFrom(certificate, others, roots)) {
    const judgement = await judge(path, at);
    if (judgement === 'TRUSTED') return judgement;
    if (judgement === 'EXPIRED') best = judgement;
  }
  return best;
}

/** From the certificate to a root, both included. */
function pathsFrom(
  certificate: Certificate,
  others: readonly Certificate[],
  roots: readonly Certificate[],
): readonly Certificate[][] {
  const trusted = nodes(roots);
  const between = nodes(others);
  const paths: Certificate[][] = [];
  const follow = (path: readonly Node[]): void => {
    const last = path.at(-1)!;
    const issuers = trusted.filter((candidate) => issued(candidate, last));
    for (const root of issuers) paths.push([...path, root].map((node) => node.certificate));
    if (issuers.length > 0 || path.length === MAX_LENGTH) return;
    for (const next of between) {
      if (paths.length >= MAX_PATHS) return;
      if (!path.includes(next) && issued(next, last)) follow([...path, next]);
    }
  };
  follow(nodes([certificate]));
  return paths.slice(0, MAX_PATHS);
}

/** Those that OpenSSL reads, too. */
const nodes = (certificates: readonly Certificate[]): readonly Node[] =>
  certificates.flatMap((certificate) => {
    try {
      return [{ certificate, x509: asX509(certificate) }];
    } catch {
      return [];
    }
  });

function issued(issuer: Node, subject: Node): boolean {
  if (issuer.x509.raw.equals(subject.x509.raw) || !subject.x509.checkIssued(issuer.x509)) return false;
  try {
    return subject.x509.verify(issuer.x509.publicKey);
  } catch {
    return false; // a key Node does not know, such as GOST's
  }
}

/** pkijs takes the last of the certificates as the one in question. */
async function judge(path: readonly Certificate[], at: Date): Promise<'TRUSTED' | 'UNTRUSTED' | 'EXPIRED'> {
  const root = path.at(-1)!;
  const engine = new CertificateChainValidationEngine({
    trustedCerts: [root],
    certs: path.slice(0, -1).reverse(),
    checkDate: at,
  });
  const { result, resultCode } = await engine.verify({}, webCrypto);
  if (result) return 'TRUSTED';
  return resultCode === OUT_OF_DATE ? 'EXPIRED' : 'UNTRUSTED';
}
