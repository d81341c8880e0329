import { addDays } from '../../../kernel/legal-day.js';
import { type DocumentKind } from './document-kinds.js';
import { type DocumentFault, DocumentExpired, InvalidRequisites } from './personal-document.errors.js';
import { type Requisites } from './requisite-reading.js';

/** Whose document it is, and what its dates are compared with. Days are `YYYY-MM-DD` of Moscow. */
export interface Bearer {
  /** Null for the owner of the cabinet. */
  readonly childId: string | null;
  readonly today: string;
  /** Null until ESIA has told it. */
  readonly birthDate: string | null;
}

const EARLIEST = '1900-01-01';
const RF_PASSPORT_FROM_AGE = 14;
/** Постановление Правительства: a passport replaced at 20 and 45 stays valid for 90 days after the birthday. */
const RF_PASSPORT_REPLACED_AT = [20, 45];
const RF_PASSPORT_GRACE_DAYS = 90;
/** Dates of what has happened; `expiryDate` alone lies ahead. */
const PAST_DATES = ['issueDate', 'actDate', 'extractDate'];

/** Last valid day, both ends counted; null when the document does not expire or its end cannot be known. */
export function lastValidDay(kind: DocumentKind, requisites: Requisites, birthDate: string | null): string | null {
  switch (kind.expiry) {
    case 'NONE':
      return null;
    case 'EXPLICIT':
      return requisites['expiryDate'] ?? null;
    case 'RF_PASSPORT':
      return lastValidDayOfRfPassport(requisites['issueDate'], birthDate);
  }
}

export const isExpired = (expiresOn: string | null, today: string): boolean => expiresOn !== null && today > expiresOn;

/** Fact sheet §2.3 «Sanity». Throws InvalidRequisites (DATE_OUT_OF_RANGE) or DocumentExpired. Returns the last valid day. */
export function checkDates(kind: DocumentKind, requisites: Requisites, { today, birthDate }: Bearer): string | null {
  const faults: Record<string, DocumentFault> = {};
  for (const code of PAST_DATES) {
    const day = requisites[code];
    if (day !== undefined && (day < EARLIEST || day > today)) faults[code] = 'DATE_OUT_OF_RANGE';
  }
  const { issueDate, expiryDate } = requisites;
  if (issueDate && expiryDate && expiryDate <= issueDate) faults['expiryDate'] = 'DATE_OUT_OF_RANGE';
  if (
    kind.expiry === 'RF_PASSPORT' &&
    birthDate &&
    issueDate &&
    issueDate < birthdayAt(birthDate, RF_PASSPORT_FROM_AGE)
  ) {
    faults['issueDate'] = 'DATE_OUT_OF_RANGE';
  }
  if (Object.keys(faults).length > 0) throw new InvalidRequisites(faults);
  const expiresOn = lastValidDay(kind, requisites, birthDate);
  if (expiresOn !== null && isExpired(expiresOn, today)) throw new DocumentExpired(expiresOn);
  return expiresOn;
}

function lastValidDayOfRfPassport(issueDate: string | undefined, birthDate: string | null): string | null {
  if (!birthDate || !issueDate) return null;
  const replacedOn = RF_PASSPORT_REPLACED_AT.map((age) => birthdayAt(birthDate, age)).find(
    (birthday) => issueDate < birthday,
  );
  return replacedOn ? addDays(replacedOn, RF_PASSPORT_GRACE_DAYS) : null;
}

/** The birthday at that age; born on 29 February, on 1 March of other years. */
function birthdayAt(birthDate: string, age: number): string {
  const born = Temporal.PlainDate.from(birthDate);
  const birthday = born.add({ years: age });
  return (birthday.day === born.day ? birthday : birthday.add({ days: 1 })).toString();
}
