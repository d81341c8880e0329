import { formatDate, plural } from '../../../platform/views/format.js';

/** What both lists and pages know of a document's end; `daysLeft` counts whole days of Moscow, 0 is the last valid one. */
export interface Expiring {
  readonly expiresOn: string | null;
  readonly expired: boolean;
  readonly daysLeft: number | null;
}

export interface ExpiryWords {
  /** `действует до 4 декабря 2026 г.` */
  readonly text: string;
  /** Said in a chip and a banner when something has to be done; null while there is time. */
  readonly warning: { readonly text: string; readonly tone: 'danger' | 'warning' } | null;
}

/** From how many days before its end a document is said to be expiring: the first of the notices. */
const SOON_DAYS = 90;

/** Null for a document without an end, and for one whose end nobody knows. */
export function expiryWords({ expiresOn, expired, daysLeft }: Expiring): ExpiryWords | null {
  if (expiresOn === null) return null;
  const day = formatDate(expiresOn);
  if (expired) return { text: `действовал до ${day}`, warning: { text: 'Срок действия истёк', tone: 'danger' } };
  const text = `действует до ${day}`;
  if (daysLeft === null || daysLeft > SOON_DAYS) return { text, warning: null };
  const left = daysLeft === 0 ? 'Сегодня последний день' : `Истекает через ${plural(daysLeft, 'день', 'дня', 'дней')}`;
  return { text, warning: { text: left, tone: 'warning' } };
}
