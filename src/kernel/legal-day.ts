/** Legal dates are calendar days of Europe/Moscow (UTC+3 all year), written `YYYY-MM-DD`. */
export const LEGAL_TIME_ZONE = 'Europe/Moscow';

/** The calendar day in Moscow at this instant. */
export const legalDayOf = (instant: Date): string =>
  Temporal.Instant.fromEpochMilliseconds(instant.getTime())
    .toZonedDateTimeISO(LEGAL_TIME_ZONE)
    .toPlainDate()
    .toString();

/** `day` moved by whole calendar days; КоАП 4.8: the day itself is day 0. */
export const addDays = (day: string, days: number): string => Temporal.PlainDate.from(day).add({ days }).toString();

/** Whole calendar days from `from` to `to`; negative when `to` is earlier. */
export const daysBetween = (from: string, to: string): number =>
  Temporal.PlainDate.from(from).until(Temporal.PlainDate.from(to), { largestUnit: 'days' }).days;

/** The instant at which the day begins in Moscow. */
export const startOfLegalDay = (day: string): Date =>
  new Date(Temporal.PlainDate.from(day).toZonedDateTime(LEGAL_TIME_ZONE).epochMilliseconds);

/** True for a real calendar day written `YYYY-MM-DD`. */
export const isCalendarDay = (value: string): boolean => {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(value)) return false;
  try {
    return Temporal.PlainDate.from(value, { overflow: 'reject' }).toString() === value;
  } catch {
    return false;
  }
};
