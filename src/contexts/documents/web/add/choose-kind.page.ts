import { DOCUMENT_KINDS, type DocumentKind, KIND_GROUPS } from '../../domain/document-kinds.js';
import { groupName } from '../requisite-words.js';

const plain = (text: string): string => text.toLowerCase().replaceAll('ё', 'е');

/** The kinds whose name holds every word sought, by group; groups without any are left out. */
export function chooseKindPage(sought: string) {
  const words = plain(sought).split(/\s+/).filter(Boolean);
  const fits = ({ label }: DocumentKind) => words.every((word) => plain(label).includes(word));
  const groups = KIND_GROUPS.map((group) => ({
    name: groupName(group),
    kinds: DOCUMENT_KINDS.filter((kind) => kind.group === group && fits(kind)).map(
      ({ code, label, suppliedByEsia }) => ({
        href: `/documents/add/${code}`,
        label,
        suppliedByEsia,
      }),
    ),
  })).filter(({ kinds }) => kinds.length > 0);
  return {
    title: 'Какой документ добавить',
    breadcrumb: [{ href: '/documents', text: 'Документы' }, { text: 'Добавить документ' }],
    sought,
    groups,
  };
}
