import { addDays, legalDayOf, startOfLegalDay } from '../../../kernel/legal-day.js';

/** How long an authority may take, counted from the day after the submission. */
export interface ServiceTerm {
  readonly unit: 'WORKING_DAYS' | 'CALENDAR_DAYS';
  readonly value: number;
}

/**
 * First instant after the term, midnight in Moscow. Working days are Monday to Friday: the portal holds no production calendar, so public
 * holidays and moved days off are not known and a term that crosses them reads shorter than the law gives. A term in calendar days that
 * ends on a Saturday or Sunday ends on the Monday after it (ГК РФ art. 193).
 */
export const dueAt = (submittedAt: Date, term: ServiceTerm): Date => {
  let day = legalDayOf(submittedAt);
  if (term.unit === 'CALENDAR_DAYS') day = addDays(day, term.value);
  else {
    while (!isWeekday(day)) day = addDays(day, -1);
    day = addDays(day, Math.floor(term.value / 5) * 7);
    for (let left = term.value % 5; left > 0; ) {
      day = addDays(day, 1);
      if (isWeekday(day)) left -= 1;
    }
  }
  while (!isWeekday(day)) day = addDays(day, 1);
  return startOfLegalDay(addDays(day, 1));
};

const isWeekday = (day: string): boolean => Temporal.PlainDate.from(day).dayOfWeek <= 5;
