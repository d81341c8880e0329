import { plural } from '../../../../platform/views/format.js';
import { type PersonalDocumentEntry } from '../../application/cabinet-documents.query.js';
import { DOCUMENT_KINDS, documentKind, KIND_GROUPS } from '../../domain/document-kinds.js';
import { expiryWords } from '../expiry-words.js';
import { type Family } from '../family.js';
import { renewalOf } from '../renewal.js';
import { groupName } from '../requisite-words.js';
import { sectionTabs } from '../section-tabs.js';
import { blanksOf } from './blanks.js';

const placeOf = ({ kindCode }: PersonalDocumentEntry): number =>
  DOCUMENT_KINDS.findIndex(({ code }) => code === kindCode);

/**
 * What needs action first, by when; the rest by groups (in each the owner's own before the children's), with blanks for the usual
 * documents that are missing.
 */
export function documentsPage(documents: readonly PersonalDocumentEntry[], family: Family, removedId: string | null) {
  const cards = documents.map(cardOf);
  const pressing = cards.filter(({ isPressing }) => isPressing).sort((a, b) => (a.expiresOn < b.expiresOn ? -1 : 1));
  const blanks = blanksOf(documents, family);
  const groups = KIND_GROUPS.map((group) => ({
    id: group.toLowerCase(),
    name: groupName(group),
    documents: cards.filter((card) => card.group === group && !card.isPressing).sort(byPersonAndKind),
    blanks: blanks.filter((blank) => blank.group === group),
  }));
  return {
    title: 'Документы',
    tabs: sectionTabs('/documents'),
    restoreAction: removedId && `/documents/${encodeURIComponent(removedId)}/restore`,
    count: documents.length > 0 ? plural(documents.length, 'документ', 'документа', 'документов') : null,
    hasPressing: pressing.length > 0,
    hasChildren: documents.some(({ child }) => child !== null),
    groups: [
      ...(pressing.length > 0 ? [{ id: 'pressing', name: 'Требуют внимания', documents: pressing, blanks: [] }] : []),
      ...groups.filter((group) => group.documents.length + group.blanks.length > 0),
    ],
  };
}

function cardOf(entry: PersonalDocumentEntry) {
  const kind = documentKind(entry.kindCode);
  const expiry = expiryWords(entry);
  const warning = expiry?.warning ?? null;
  const isPressing = warning !== null && !entry.superseded;
  return {
    group: kind.group,
    place: placeOf(entry),
    isPressing,
    expiresOn: entry.expiresOn ?? '',
    href: `/documents/${entry.documentId}`,
    title: kind.label,
    number: entry.maskedNumber,
    whose: entry.child && (entry.child.name || 'Ребёнок'),
    fromEsia: entry.origin === 'ESIA',
    verified: entry.verification === 'VERIFIED',
    superseded: entry.superseded,
    facts: [expiry?.text, entry.files > 0 && plural(entry.files, 'файл', 'файла', 'файлов')].filter(Boolean).join(' · '),
    warning,
    renewal: isPressing ? renewalOf(kind) : null,
  };
}

type Card = ReturnType<typeof cardOf>;
const byPersonAndKind = (a: Card, b: Card): number =>
  (a.whose ?? '').localeCompare(b.whose ?? '', 'ru') || a.place - b.place;
