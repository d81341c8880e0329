import { type FormErrors } from '../../../../platform/http/read-form.js';
import { formatDate, formatFileSize } from '../../../../platform/views/format.js';
import { type CabinetFile, type PersonalDocumentView } from '../../application/cabinet-documents.query.js';
import { documentKind } from '../../domain/document-kinds.js';
import { FILES_PER_DOCUMENT } from '../../domain/personal-document.js';
import { rowsOf } from '../requisite-fields.js';

/** `revealed`: the number is shown whole. */
export function documentPage(document: PersonalDocumentView, revealed: boolean, errors: FormErrors | null) {
  const kind = documentKind(document.kindCode);
  const path = `/documents/${document.documentId}`;
  return {
    title: kind.label,
    breadcrumb: [{ href: '/documents', text: 'Документы' }, { text: kind.label }],
    rows: rowsOf(kind, document.requisites, revealed),
    toggle: revealed ? { href: path, hides: true } : { href: `${path}?requisites=shown`, hides: false },
    expiry: document.expiresOn && formatDate(document.expiresOn),
    expired: document.expired,
    editHref: `${path}/edit`,
    removeAction: `${path}/remove`,
    uploadAction: `${path}/files`,
    files: document.files.map((file) => fileOf(file, path)),
    roomForFiles: document.files.length < FILES_PER_DOCUMENT,
    maxFiles: FILES_PER_DOCUMENT,
    errors,
  };
}

const fileOf = ({ fileId, name, bytes, scan }: CabinetFile, path: string) => ({
  name,
  href: `/files/${fileId}`,
  size: formatFileSize(bytes),
  note: scan === 'CLEAN' ? '' : 'Антивирусом не проверен',
  removeAction: `${path}/files/${fileId}/remove`,
});
