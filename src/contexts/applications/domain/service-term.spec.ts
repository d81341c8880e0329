import { dueAt } from './service-term.js';

const midnight = (day: string): Date => new Date(`${day}T00:00:00+03:00`);

describe('The term of a service', () => {
  it.each([
    ['three working days from a Monday end with Thursday', '2026-11-23T12:00:00+03:00', 'WORKING_DAYS', 3, '2026-11-27'],
    ['one working day from a Friday ends with Monday', '2026-11-20T12:00:00+03:00', 'WORKING_DAYS', 1, '2026-11-24'],
    ['working days from a Saturday begin on Monday', '2026-11-21T12:00:00+03:00', 'WORKING_DAYS', 1, '2026-11-24'],
    ['thirty working days are six weeks', '2026-11-23T12:00:00+03:00', 'WORKING_DAYS', 30, '2027-01-05'],
    ['five working days from a Sunday end with Friday', '2026-11-22T12:00:00+03:00', 'WORKING_DAYS', 5, '2026-11-28'],
    ['thirteen working days from a Thursday end with a Tuesday', '2026-11-26T12:00:00+03:00', 'WORKING_DAYS', 13, '2026-12-16'],
    ['the day is the one in Moscow: 31 March 21:00 UTC is 1 April', '2027-03-31T21:00:00Z', 'WORKING_DAYS', 1, '2027-04-03'],
    ['calendar days are counted from the next day', '2026-11-23T12:00:00+03:00', 'CALENDAR_DAYS', 3, '2026-11-27'],
    ['calendar days that end on a Sunday end on Monday', '2026-11-17T12:00:00+03:00', 'CALENDAR_DAYS', 5, '2026-11-24'],
  ] as const)('%s', (_, submittedAt, unit, value, day) => {
    expect(dueAt(new Date(submittedAt), { unit, value })).toEqual(midnight(day));
  });
});
