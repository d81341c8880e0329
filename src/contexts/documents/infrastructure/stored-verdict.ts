import { type KeyRing } from '../../../platform/security/key-ring.js';
import { type SignatureVerdict } from '../domain/signature-verdict.js';

const MOMENTS: ReadonlySet<string> = new Set(['signedAt', 'checkedAt', 'validFrom', 'validTo'] satisfies (
  keyof SignatureVerdict | keyof NonNullable<SignatureVerdict['certificate']>
)[]);

/** A verdict as questions read it from `documents.signature_check`; null stays null. */
export const verdictIn = (encrypted: string | null, keyRing: KeyRing): SignatureVerdict | null =>
  encrypted === null
    ? null
    : (JSON.parse(keyRing.decrypt(encrypted), (name, value: unknown) =>
        MOMENTS.has(name) && typeof value === 'string' ? new Date(value) : value,
      ) as SignatureVerdict);
