import { type PersonalDocumentEntry } from '../../application/cabinet-documents.query.js';
import { documentKind, type KindGroup } from '../../domain/document-kinds.js';
import { type Family } from '../family.js';

/** A place for a document that is not there yet, with its form behind a «+». */
export interface Blank {
  readonly group: KindGroup;
  readonly title: string;
  readonly whose: string | null;
  readonly href: string;
}

/** What nearly everybody has: the five kinds that ESIA supplies come first. */
const OF_ADULTS = ['RF_PASSPORT', 'RF_FOREIGN_PASSPORT', 'SNILS', 'INN', 'OMS_POLICY', 'DRIVING_LICENCE'];
const OF_MEN = ['MILITARY_ID'];
const OF_CHILDREN = ['RF_BIRTH_CERTIFICATE'];

/** The usual documents that the owner, or one of the children, has none of. */
export function blanksOf(documents: readonly PersonalDocumentEntry[], { sex, children }: Family): readonly Blank[] {
  const isThere = (kindCode: string, childId: string | null) =>
    documents.some((document) => document.kindCode === kindCode && (document.child?.id ?? null) === childId);
  const own = [...OF_ADULTS, ...(sex === 'F' ? [] : OF_MEN)].filter((code) => !isThere(code, null));
  return [
    ...own.map((code) => blankOf(code, null)),
    ...children.flatMap((child) => OF_CHILDREN.filter((code) => !isThere(code, child.id)).map((code) => blankOf(code, child))),
  ];
}

const blankOf = (code: string, child: Family['children'][number] | null): Blank => {
  const { group, label } = documentKind(code);
  const href = `/documents/add/${code}`;
  return { group, title: label, whose: child?.name ?? null, href: child ? `${href}?child=${encodeURIComponent(child.id)}` : href };
};
