/** How dates, money and counts are written for people: Russian, Moscow time, no-break spaces where a line must not break. */

const NBSP = '\u00a0';
const MOSCOW = 'Europe/Moscow';
const unbroken = (text: string): string => text.replace(/\s/g, NBSP);

const rubles = new Intl.NumberFormat('ru-RU', { style: 'currency', currency: 'RUB' });
const counts = new Intl.NumberFormat('ru-RU');
const rules = new Intl.PluralRules('ru-RU');
const longDay = new Intl.DateTimeFormat('ru-RU', { timeZone: MOSCOW, day: 'numeric', month: 'long', year: 'numeric' });
const shortDay = new Intl.DateTimeFormat('ru-RU', {
  timeZone: MOSCOW,
  day: '2-digit',
  month: '2-digit',
  year: 'numeric',
});
const clock = new Intl.DateTimeFormat('ru-RU', { timeZone: MOSCOW, hour: '2-digit', minute: '2-digit' });

/** A calendar day (`2026-03-12`), an instant (ISO 8601) or a Date. */
export type Moment = string | Date;

/** A bare calendar day means that day in Moscow, whatever zone the server lives in: its noon is inside it. */
const instantOf = (moment: Moment): Date => {
  const date = moment instanceof Date ? moment : new Date(moment.length === 10 ? `${moment}T12:00:00+03:00` : moment);
  if (Number.isNaN(date.getTime())) throw new RangeError('Not a day or an instant');
  return date;
};

/** `150000` → `1 500,00 ₽`. */
export const formatMoney = (kopecks: number): string => unbroken(rubles.format(kopecks / 100));

/** `12 марта 2026 г.` */
export const formatDate = (moment: Moment): string => unbroken(longDay.format(instantOf(moment)));

/** `12.03.2026`: for inputs and dense tables. */
export const formatShortDate = (moment: Moment): string => shortDay.format(instantOf(moment));

/** `14:05 (МСК)` */
export const formatTime = (moment: Moment): string => `${clock.format(instantOf(moment))}${NBSP}(МСК)`;

/** `12 марта 2026 г., 14:05 (МСК)` */
export const formatDateTime = (moment: Moment): string => `${formatDate(moment)}, ${formatTime(moment)}`;

/** `1 468 006` bytes → `1,4 МБ`. A megabyte is 1024 × 1024, as in the limit on uploads. */
export const formatFileSize = (bytes: number): string => {
  if (bytes < 1024) return `${bytes}${NBSP}Б`;
  const [size, unit] = bytes < 1024 * 1024 ? [bytes / 1024, 'КБ'] : [bytes / 1024 / 1024, 'МБ'];
  return `${new Intl.NumberFormat('ru-RU', { maximumFractionDigits: 1 }).format(size)}${NBSP}${unit}`;
};

/** The form of a noun that follows `count`: 1 штраф, 2 штрафа, 5 штрафов. */
const pluralWord = (count: number, one: string, few: string, many: string): string => {
  const form = rules.select(count);
  return form === 'one' ? one : form === 'few' ? few : many;
};

/** The number with its noun: `5 штрафов`. */
export const plural = (count: number, one: string, few: string, many: string): string =>
  `${unbroken(counts.format(count))}${NBSP}${pluralWord(count, one, few, many)}`;

export interface PersonName {
  lastName: string;
  firstName: string;
  middleName?: string | null;
}

/** `Невская Мария Петровна`; a patronymic is optional everywhere. */
export const formatPersonName = ({ lastName, firstName, middleName }: PersonName): string =>
  [lastName, firstName, middleName].filter(Boolean).join(' ');

/** A day typed by a person (`27.03.2026`, `27 3 2026`, `27/03/2026`, `2026-03-27`) as `YYYY-MM-DD`; null when it is no real day. */
export const parseDay = (typed: string): string | null => {
  const parts = typed.trim().split(/[\s./-]+/);
  if (parts.length !== 3 || !parts.every((part) => /^\d{1,4}$/.test(part))) return null;
  const [year, month, day] = (parts[0]?.length === 4 ? parts : parts.reverse()).map(Number);
  if (year === undefined || year < 1000) return null;
  try {
    return Temporal.PlainDate.from({ year, month: month ?? 0, day: day ?? 0 }, { overflow: 'reject' }).toString();
  } catch {
    return null;
  }
};
