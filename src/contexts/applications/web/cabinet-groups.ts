import { formatDate, formatFileSize } from '../../../platform/views/format.js';
import { type OfferedDocument } from '../../documents/public.js';

/** «Приложить файлы из личного кабинета»: the files of one document as a group of choices. */
export interface CabinetGroup {
  readonly id: string;
  readonly label: string;
  /** Whose the document is and its last day, as far as there is something to say. */
  readonly hint: string;
  readonly options: readonly { readonly value: string; readonly text: string; readonly hint: string }[];
}

/**
 * Documents that have something to attach, without the files that are `taken` already. `children` names those whose documents may be among
 * them; the first group is called `firstId`, where a message about all of them leads to.
 */
export function cabinetGroups(
  documents: readonly OfferedDocument[],
  { taken, children, firstId }: { taken: ReadonlySet<string>; children: readonly { value: string; label: string }[]; firstId: string },
): readonly CabinetGroup[] {
  return documents
    .map((document) => ({ document, files: document.files.filter(({ fileId }) => !taken.has(fileId)) }))
    .filter(({ files }) => files.length > 0)
    .map(({ document, files }, index) => ({
      id: index === 0 ? firstId : `${firstId}-${document.documentId}`,
      label: `${document.title}, ${document.number}`,
      hint: [whoseIs(document, children), document.expiresOn && `Действует до ${formatDate(document.expiresOn)}`].filter(Boolean).join('. '),
      options: files.map(({ fileId, name, bytes, scan }) => ({
        value: fileId,
        text: name,
        hint: [formatFileSize(bytes), scan === 'NOT_SCANNED' && 'антивирусом не проверен'].filter(Boolean).join(', '),
      })),
    }));
}

export const whoseIs = ({ childId }: OfferedDocument, children: readonly { value: string; label: string }[]): string | undefined =>
  children.find(({ value }) => value === childId)?.label;
