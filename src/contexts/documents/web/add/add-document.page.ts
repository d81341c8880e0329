import { type FormErrors } from '../../../../platform/http/read-form.js';
import { type Message } from '../../../../platform/views/messages.js';
import { type StoredFileInfo } from '../../application/attachable-files.query.js';
import { type TypedRequisites } from '../../application/document-content.js';
import { type DocumentKind, isSuppliedByEsia } from '../../domain/document-kinds.js';
import { FILES_PER_DOCUMENT } from '../../domain/personal-document.js';
import { type Family, ownersOf } from '../family.js';
import { fileItem } from '../files/file-item.js';
import { fieldsOf } from '../requisite-fields.js';

/** What is in the form: as typed, and the files that came with it before. */
export interface AddForm {
  readonly requisites: TypedRequisites;
  readonly childId: string;
  readonly files: readonly StoredFileInfo[];
}

/** Why the form came back: faults at its fields, or `rival`, words about a document in the cabinet that leaves no room for this one. */
export interface RefusedAdd {
  readonly errors?: FormErrors;
  readonly rival?: Message | null;
}

export const addDocumentPage = (kind: DocumentKind, family: Family, form: AddForm, refused: RefusedAdd = {}) => ({
  title: `Новый документ: ${kind.label}`,
  breadcrumb: [
    { href: '/documents', text: 'Документы' },
    { href: '/documents/add', text: 'Добавить документ' },
    { text: kind.label },
  ],
  action: `/documents/add/${kind.code}`,
  suppliedByEsia: isSuppliedByEsia(kind),
  owners: ownersOf(family),
  fields: fieldsOf(kind),
  form: { requisites: form.requisites, childId: form.childId },
  files: form.files.map(fileItem),
  maxFiles: FILES_PER_DOCUMENT,
  errors: refused.errors ?? null,
  rival: refused.rival ?? null,
});
