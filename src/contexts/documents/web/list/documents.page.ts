import { formatDate, formatFileSize, plural } from '../../../../platform/views/format.js';
import { type ElectronicDocumentEntry, type PersonalDocumentEntry } from '../../application/cabinet-documents.query.js';
import { documentKind } from '../../domain/document-kinds.js';

export const ELECTRONIC_AT_ONCE = 20;

/** One electronic document more than is shown says that there is a next page. */
export function documentsPage(
  personal: readonly PersonalDocumentEntry[],
  electronic: readonly ElectronicDocumentEntry[],
  removedId: string | null,
) {
  const shown = electronic.slice(0, ELECTRONIC_AT_ONCE);
  const last = shown.at(-1);
  return {
    title: 'Документы',
    restoreAction: removedId && `/documents/${encodeURIComponent(removedId)}/restore`,
    personalCount: plural(personal.length, 'документ', 'документа', 'документов'),
    personal: personal.map((entry) => ({
      href: `/documents/${entry.documentId}`,
      title: documentKind(entry.kindCode).label,
      number: entry.maskedNumber,
      expiry: entry.expiresOn && formatDate(entry.expiresOn),
      expired: entry.expired,
      files: entry.files > 0 ? plural(entry.files, 'файл', 'файла', 'файлов') : null,
    })),
    electronic: shown.map((entry) => ({
      title: entry.title,
      issuer: entry.issuer,
      number: entry.number,
      issuedOn: formatDate(entry.issuedAt),
      applicationHref: `/applications/${entry.applicationId}`,
      file: { href: `/files/${entry.file.fileId}`, name: entry.file.name, size: formatFileSize(entry.file.bytes) },
    })),
    nextHref: electronic.length > ELECTRONIC_AT_ONCE && last ? `/documents?after=${last.documentId}#electronic` : null,
  };
}
