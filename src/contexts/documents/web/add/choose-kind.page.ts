import { plural } from '../../../../platform/views/format.js';
import { DOCUMENT_KINDS, isSuppliedByEsia, KIND_GROUPS } from '../../domain/document-kinds.js';
import { isFound, searchTextOf } from '../kind-search.js';
import { groupName } from '../requisite-words.js';

/**
 * Every kind by group. Those that what was sought does not find are printed hidden, so that a script can show them again while the person
 * types on.
 */
export function chooseKindPage(sought: string) {
  const groups = KIND_GROUPS.map((group) => {
    const kinds = DOCUMENT_KINDS.filter((kind) => kind.group === group).map((kind) => ({
      href: `/documents/add/${kind.code}`,
      label: kind.label,
      words: searchTextOf(kind),
      hidden: !isFound(kind, sought),
      suppliedByEsia: isSuppliedByEsia(kind),
    }));
    return { id: group.toLowerCase(), name: groupName(group), kinds, hidden: kinds.every(({ hidden }) => hidden) };
  });
  const found = groups.flatMap(({ kinds }) => kinds).filter(({ hidden }) => !hidden).length;
  return {
    title: 'Какой документ добавить',
    breadcrumb: [{ href: '/documents', text: 'Документы' }, { text: 'Добавить документ' }],
    sought,
    groups,
    count: found > 0 ? `${plural(found, 'документ', 'документа', 'документов')} в списке` : null,
  };
}
