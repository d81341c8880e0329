import { type FormErrors } from '../../../../platform/http/read-form.js';
import { formatDateTime } from '../../../../platform/views/format.js';
import { type StoredFileInfo } from '../../application/attachable-files.query.js';
import { type CabinetFile, type PersonalDocumentView } from '../../application/cabinet-documents.query.js';
import { documentKind, type DocumentKind } from '../../domain/document-kinds.js';
import { FILES_PER_DOCUMENT } from '../../domain/personal-document.js';
import { type RequisiteDifference } from '../../domain/requisite-differences.js';
import { expiryWords } from '../expiry-words.js';
import { fileItem } from '../files/file-item.js';
import { renewalOf } from '../renewal.js';
import { requisiteText, rowsOf } from '../requisite-fields.js';
import { requisiteLabel } from '../requisite-words.js';
import { signatureOfFile } from '../signature-words.js';
import { documentHistory } from './history.js';

/** How a document is shown. */
export interface DocumentShown {
  /** The numbers are shown whole. */
  readonly revealed?: boolean;
  readonly errors?: FormErrors | null;
  /** Files that came with a refused form and are not attached yet. */
  readonly uploaded?: readonly StoredFileInfo[];
  /** Where ESIA's documents are changed. */
  readonly esiaUrl: string;
}

export function documentPage(document: PersonalDocumentView, shown: DocumentShown) {
  const { revealed = false, errors = null, uploaded = [], esiaUrl } = shown;
  const kind = documentKind(document.kindCode);
  const path = `/documents/${document.documentId}`;
  const expiry = expiryWords(document);
  const { superseded, supersedes, child } = document;
  return {
    title: kind.label,
    breadcrumb: [{ href: '/documents', text: 'Документы' }, { text: kind.label }],
    path,
    whose: child && (child.name || 'Ребёнок'),
    fromEsia: document.origin === 'ESIA',
    verified: document.verification === 'VERIFIED',
    confirmedAt: document.confirmedAt && formatDateTime(document.confirmedAt),
    esiaUrl,
    rows: rowsOf(kind, document.requisites, revealed),
    revealed,
    ends: expiry?.text ?? null,
    expired: document.expired,
    warning: superseded ? null : (expiry?.warning ?? null),
    renewal: renewalOf(kind),
    superseded: superseded && comparisonOf(kind, superseded.by, superseded.differences, revealed),
    supersedes: supersedes && comparisonOf(kind, supersedes.documentId, supersedes.differences, revealed),
    history: documentHistory(kind, document),
    views: document.views.map(({ at }) => formatDateTime(at)),
    files: document.files.map((file) => ({
      ...fileOf(file, path),
      signature: signatureOfFile(file, document.files, `${path}/signatures`),
      attachHref: mayBeSent(document, file) ? `/applications/attach?file=${file.fileId}` : null,
    })),
    uploaded: uploaded.map(fileItem),
    roomForFiles: Math.max(0, FILES_PER_DOCUMENT - document.files.length),
    maxFiles: FILES_PER_DOCUMENT,
    errors,
  };
}

/** What was typed beside what ESIA says, with the other document of the two; masked as the requisites of the page are. */
const comparisonOf = (
  kind: DocumentKind,
  otherId: string,
  differences: readonly RequisiteDifference[],
  revealed: boolean,
) => ({
  href: `/documents/${otherId}`,
  contradicts: differences.some(isContradiction),
  differences: differences.map(({ code, here, atEsia }) => ({
    label: requisiteLabel(code),
    typed: requisiteText(kind, code, here, revealed),
    atEsia: requisiteText(kind, code, atEsia, revealed),
  })),
});

/** Leaving a requisite out contradicts nothing. */
const isContradiction = ({ here }: RequisiteDifference): boolean => here !== null;

/** What an application takes: of a valid document that does not contradict ESIA, a file that the scanner let through. */
const mayBeSent = ({ expired, superseded }: PersonalDocumentView, { scan, signs }: CabinetFile): boolean =>
  !expired &&
  !superseded?.differences.some(isContradiction) &&
  signs === null &&
  (scan === 'CLEAN' || scan === 'NOT_SCANNED');

const fileOf = (file: CabinetFile, path: string) => ({
  ...fileItem(file),
  note: file.signs && `Подпись файла «${file.signs}»`,
  removeAction: `${path}/files/${file.fileId}/remove`,
});
