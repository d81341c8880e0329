import { type DocumentKind, mainNumberOf } from './document-kinds.js';
import { readLoosely, type Requisites } from './requisite-reading.js';

/** What ESIA says in a document, by the names that our requisites have; whatever else is in it is passed over. */
export type EsiaValues = Readonly<Record<string, unknown>>;

/**
 * Requisites of this kind as ESIA has them: nothing is refused, what does not fit a pattern stays as ESIA writes it. Null when not even a
 * number can be made out.
 */
export function requisitesOfEsia(kind: DocumentKind, values: EsiaValues): Requisites | null {
  const given: EsiaValues = { ...values, [mainNumberOf(kind)]: numberAtEsia(kind, values) };
  const requisites = Object.fromEntries(
    kind.requisites.flatMap((definition) => {
      const value = readLoosely(definition, given[definition.code]);
      return value === null ? [] : [[definition.code, value]];
    }),
  );
  return requisites[mainNumberOf(kind)] ? requisites : null;
}

/** ESIA cuts every number in two, also those that we keep as one: `9900` and `000001` of a driving licence. */
function numberAtEsia(kind: DocumentKind, { series, number }: EsiaValues): unknown {
  const isInOnePiece = kind.requisites.every(({ code }) => code !== 'series');
  return isInOnePiece && typeof series === 'string' && typeof number === 'string' ? series + number : number;
}
