import { addDays } from '../../../kernel/legal-day.js';

/** Holidays of every year (Labour Code, article 112), as `MM-DD`. */
// prettier-ignore
const HOLIDAYS = new Set([
  '01-01', '01-02', '01-03', '01-04', '01-05', '01-06', '01-07', '01-08',
  '02-23', '03-08', '05-01', '05-09', '06-12', '11-04',
]);

/** Days off moved by the government's yearly decree. Add a row when the decree of the next year is published. */
// prettier-ignore
const MOVED_DAYS_OFF = new Set([
  '2025-05-02', '2025-05-08', '2025-06-13', '2025-11-03', '2025-12-31',
  '2026-01-09', '2026-03-09', '2026-05-11', '2026-12-31',
]);

/** Saturdays worked instead of a moved day off. */
const WORKING_SATURDAYS = new Set(['2025-11-01']);

const isWeekend = (day: string): boolean => Temporal.PlainDate.from(day).dayOfWeek >= 6;

/** Whether `day` (`YYYY-MM-DD`) is worked, by the production calendar above. */
export const isWorkingDay = (day: string): boolean => {
  if (HOLIDAYS.has(day.slice(5)) || MOVED_DAYS_OFF.has(day)) return false;
  return !isWeekend(day) || WORKING_SATURDAYS.has(day);
};

/** КоАП 4.8 part 3: a term that ends on a day off ends on the next working day. */
export const workingDayFrom = (day: string): string => {
  let candidate = day;
  while (!isWorkingDay(candidate)) candidate = addDays(candidate, 1);
  return candidate;
};
