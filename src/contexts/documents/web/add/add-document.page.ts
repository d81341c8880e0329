import { type FormErrors } from '../../../../platform/http/read-form.js';
import { formatFileSize } from '../../../../platform/views/format.js';
import { type Message } from '../../../../platform/views/messages.js';
import { type StoredFileInfo } from '../../application/attachable-files.query.js';
import { type TypedRequisites } from '../../application/document-content.js';
import { type DocumentKind } from '../../domain/document-kinds.js';
import { FILES_PER_DOCUMENT } from '../../domain/personal-document.js';
import { fieldsOf } from '../requisite-fields.js';

/** `rival` speaks of a document in the cabinet that leaves no room for this one. */
export const addDocumentPage = (
  kind: DocumentKind,
  typed: TypedRequisites,
  files: readonly StoredFileInfo[],
  errors: FormErrors | null,
  rival: Message | null = null,
) => ({
  title: `Новый документ: ${kind.label}`,
  breadcrumb: [
    { href: '/documents', text: 'Документы' },
    { href: '/documents/add', text: 'Добавить документ' },
    { text: kind.label },
  ],
  action: `/documents/add/${kind.code}`,
  fields: fieldsOf(kind),
  form: { requisites: typed },
  files: files.map(({ fileId, name, bytes }) => ({
    fileId,
    name,
    href: `/files/${fileId}`,
    size: formatFileSize(bytes),
  })),
  maxFiles: FILES_PER_DOCUMENT,
  errors,
  rival,
});
