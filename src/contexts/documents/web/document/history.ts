import { formatDateTime } from '../../../../platform/views/format.js';
import { type PersonalDocumentView } from '../../application/cabinet-documents.query.js';
import { type DocumentKind } from '../../domain/document-kinds.js';
import { requisiteText } from '../requisite-fields.js';
import { requisiteLabel } from '../requisite-words.js';

/** One line of the history of a document, the latest first; the last one tells how it came. */
export interface HistoryEntry {
  readonly heading: string;
  readonly at: string;
  /** What it said before, where that differs from what came next; the number is always masked. */
  readonly former: readonly { readonly label: string; readonly value: string }[];
}

export function documentHistory(kind: DocumentKind, document: PersonalDocumentView): readonly HistoryEntry[] {
  const successors = [document.requisites, ...document.history.map(({ requisites }) => requisites)];
  return [
    ...document.history.map(({ requisites, replacedAt, by }, place) => ({
      heading: by === 'ESIA' ? 'Обновлён по сведениям с Госуслуг' : 'Изменён вами',
      at: formatDateTime(replacedAt),
      former: kind.requisites
        .filter(({ code }) => requisites[code] !== successors[place]?.[code])
        .map(({ code }) => ({
          label: requisiteLabel(code),
          value: requisiteText(kind, code, requisites[code] ?? null, false),
        })),
    })),
    {
      heading: document.origin === 'ESIA' ? 'Получен с Госуслуг' : 'Добавлен вами',
      at: formatDateTime(document.addedAt),
      former: [],
    },
  ];
}
