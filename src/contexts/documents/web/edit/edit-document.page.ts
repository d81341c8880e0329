import { type FormErrors } from '../../../../platform/http/read-form.js';
import { type Message } from '../../../../platform/views/messages.js';
import { type PersonalDocumentView } from '../../application/cabinet-documents.query.js';
import { documentKind } from '../../domain/document-kinds.js';
import { type Family, ownersOf } from '../family.js';
import { fieldsOf, rowsOf, typedOf } from '../requisite-fields.js';
import { type EditDocumentForm } from './edit-document.form.js';

/** What a refused form comes back with. */
export interface RefusedEdit {
  readonly form: EditDocumentForm;
  readonly errors?: FormErrors;
  readonly rival?: Message | null;
  /** Shows the stored requisites beside what was typed. */
  readonly changedMeanwhile?: boolean;
}

export function editDocumentPage(document: PersonalDocumentView, family: Family, refused?: RefusedEdit) {
  const kind = documentKind(document.kindCode);
  const path = `/documents/${document.documentId}`;
  return {
    title: 'Изменить реквизиты',
    breadcrumb: [
      { href: '/documents', text: 'Документы' },
      { href: path, text: kind.label },
      { text: 'Изменить реквизиты' },
    ],
    kind: kind.label,
    action: `${path}/edit`,
    cancelHref: path,
    owners: ownersOf(family),
    fields: fieldsOf(kind),
    form: refused?.form ?? {
      version: document.version,
      requisites: typedOf(kind, document.requisites),
      childId: document.child?.id ?? '',
    },
    errors: refused?.errors ?? null,
    rival: refused?.rival ?? null,
    stored: refused?.changedMeanwhile ? rowsOf(kind, document.requisites, true) : null,
  };
}
