import { formErrors, type FormErrors } from '../../../platform/http/read-form.js';
import { formatDate } from '../../../platform/views/format.js';
import { type Message, type Messages } from '../../../platform/views/messages.js';
import { type DocumentKind } from '../domain/document-kinds.js';
import {
  DocumentDuplicate,
  DocumentExpired,
  InvalidRequisites,
  OnePerPerson,
  SuppliedByEsia,
  UnknownChild,
} from '../domain/personal-document.errors.js';
import { fieldKey } from './requisite-fields.js';
import { faultSentence } from './requisite-words.js';

/** The refusals a citizen can mend, as errors at the fields; null for any other error. */
export function requisiteErrors(kind: DocumentKind, error: unknown, messages: Messages): FormErrors | null {
  if (error instanceof InvalidRequisites) {
    return formErrors(
      Object.fromEntries(
        Object.entries(error.faults).map(([code, fault]) => [fieldKey(code), faultSentence(kind, code, fault)]),
      ),
    );
  }
  if (error instanceof DocumentExpired) {
    const code = kind.expiry === 'EXPLICIT' ? 'expiryDate' : 'issueDate';
    const lastDay = formatDate(String(error.details['expiresOn']));
    return formErrors({
      [fieldKey(code)]: `Срок действия истёк ${lastDay} Документ с истёкшим сроком добавить нельзя`,
    });
  }
  if (error instanceof UnknownChild) return formErrors({ childId: messages.text(error.code) });
  return null;
}

/** Words about the document in the cabinet that leaves no room for this one, with a link to it; null for any other error. */
export const rivalOf = (error: unknown, messages: Messages): Message | null =>
  error instanceof DocumentDuplicate || error instanceof OnePerPerson || error instanceof SuppliedByEsia
    ? messages.find(error.code, error.details)
    : null;
