import { formatDate, formatDateTime, plural } from '../../../../platform/views/format.js';
import {
  type DocumentSignature,
  type ElectronicDocumentEntry,
  type ElectronicDocuments,
} from '../../application/electronic-documents.query.js';
import { type ElectronicDocumentKind } from '../../domain/electronic-document.js';
import { fileItem } from '../files/file-item.js';
import { sectionTabs } from '../section-tabs.js';
import { signatureChip, signatureShown } from '../signature-words.js';
import { addressOf, type ElectronicSearch } from './electronic.form.js';

const KINDS: Readonly<Record<ElectronicDocumentKind, string>> = { NOTICE: 'Уведомление', DECISION: 'Решение' };

/** What `templates/documents/electronic.hbs` prints. */
export function electronicPage(found: ElectronicDocuments, { filter, after, removed }: ElectronicSearch) {
  const { search = '', issuer = '', year, signed } = filter;
  return {
    title: 'Электронные документы',
    breadcrumb: [{ href: '/documents', text: 'Документы' }, { text: 'Электронные документы' }],
    tabs: sectionTabs('/documents/electronic'),
    restoreAction: removed && `/documents/electronic/${encodeURIComponent(removed)}/restore`,
    nothingKept: found.issuers.length === 0,
    form: { q: search, issuer, year: year ?? '', signed: signed === undefined ? '' : signed ? 'yes' : 'no' },
    issuers: found.issuers.map((name) => ({ value: name, text: name })),
    years: found.years.map((one) => ({ value: one, text: `${one} год` })),
    signatures: [
      { value: 'yes', text: 'С электронной подписью' },
      { value: 'no', text: 'Без подписи' },
    ],
    filtered: Object.keys(filter).length > 0,
    count: plural(found.total, 'документ', 'документа', 'документов'),
    rows: found.entries.map((entry) => ({
      href: `/documents/electronic/${entry.documentId}`,
      title: entry.title,
      kind: KINDS[entry.kind],
      issuer: entry.issuer,
      issuedOn: formatDate(entry.issuedAt),
      number: entry.number,
      signature: chipOf(entry.signature),
      file: fileItem(entry.file),
    })),
    firstHref: after === null ? null : addressOf(filter, null),
    nextHref: found.nextAfter === null ? null : addressOf(filter, found.nextAfter),
  };
}

/** What `templates/documents/electronic-document.hbs` prints. */
export function electronicDocumentPage(document: ElectronicDocumentEntry) {
  const path = `/documents/electronic/${document.documentId}`;
  return {
    title: `${document.title}: ${KINDS[document.kind].toLowerCase()} № ${document.number}`,
    breadcrumb: [
      { href: '/documents', text: 'Документы' },
      { href: '/documents/electronic', text: 'Электронные документы' },
      { text: `№ ${document.number}` },
    ],
    heading: document.title,
    kind: KINDS[document.kind],
    chip: chipOf(document.signature),
    rows: [
      { label: 'Ведомство', value: document.issuer },
      { label: 'Дата', value: formatDateTime(document.issuedAt) },
      {
        label: 'Заявление',
        value: document.number,
        mono: true,
        href: `/applications/${document.applicationId}`,
        actionText: 'Открыть',
      },
      { label: 'Сохранено', value: formatDateTime(document.savedAt) },
      { label: 'Контрольная сумма SHA‑256', value: document.file.sha256, mono: true },
    ],
    file: fileItem(document.file),
    attachHref: `/applications/attach?file=${document.file.fileId}`,
    signature: document.signature && {
      ...signatureShown(document.signature.verdict, document.file.name, `${path}/signatures`),
      file: fileItem(document.signature.file),
    },
    removeAction: `${path}/remove`,
  };
}

const chipOf = (signature: DocumentSignature | null) =>
  signature ? signatureChip(signature.verdict) : { tone: 'neutral', icon: 'file-earmark', text: 'Без подписи' };
