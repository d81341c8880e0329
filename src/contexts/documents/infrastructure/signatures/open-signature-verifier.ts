import { type Clock } from '../../../../kernel/clock.js';
import { type Config } from '../../../../platform/config/config.js';
import { type SignatureVerifier } from '../../application/ports/signature-verifier.js';
import { CmsSignatureVerifier } from './cms-signature-verifier.js';
import { OpensslEngine } from './openssl-engine.js';
import { PkijsEngine } from './pkijs-engine.js';
import { TrustedRoots } from './trusted-roots.js';

/** As the settings say: with their roots, and with GOST where a program for it is named. Throws when the roots cannot be read. */
export function openSignatureVerifier({ signatures: { rootsFile, gost } }: Config, clock: Clock): SignatureVerifier {
  const roots = rootsFile === null ? TrustedRoots.none : TrustedRoots.inFile(rootsFile);
  const engines = [new PkijsEngine(roots), ...(gost ? [new OpensslEngine(roots, gost)] : [])];
  return new CmsSignatureVerifier(engines, roots, clock);
}
