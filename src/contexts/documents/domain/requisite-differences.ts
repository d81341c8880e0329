import { type DocumentKind } from './document-kinds.js';
import { type Requisites } from './requisite-reading.js';

/** A requisite that a typed copy and ESIA do not write alike, as normalised values; null where the copy does not have it. */
export interface RequisiteDifference {
  readonly code: string;
  readonly here: string | null;
  readonly atEsia: string;
}

/** Only what ESIA says counts: of what it does not know, nothing is known to differ. Words are compared without regard to case. */
export const differencesOf = (kind: DocumentKind, typed: Requisites, atEsia: Requisites): RequisiteDifference[] =>
  kind.requisites.flatMap(({ code, type }) => {
    const [here, there] = [typed[code] ?? null, atEsia[code]];
    if (there === undefined || here === there) return [];
    if (type === 'text' && here?.toLowerCase() === there.toLowerCase()) return [];
    return [{ code, here, atEsia: there }];
  });

/** The copy says something else than ESIA; leaving a requisite out is no contradiction. */
export const contradicts = (kind: DocumentKind, typed: Requisites, atEsia: Requisites): boolean =>
  differencesOf(kind, typed, atEsia).some(({ here }) => here !== null);
