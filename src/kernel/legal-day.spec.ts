import { addDays, daysBetween, isCalendarDay, legalDayOf, startOfLegalDay } from './legal-day.js';

describe('legal day', () => {
  it('changes at midnight in Moscow, three hours before UTC', () => {
    expect(legalDayOf(new Date('2026-03-11T20:59:59.999Z'))).toBe('2026-03-11');
    expect(legalDayOf(new Date('2026-03-11T21:00:00.000Z'))).toBe('2026-03-12');
  });

  it('begins at the instant it is named after', () => {
    expect(startOfLegalDay('2026-03-12').toISOString()).toBe('2026-03-11T21:00:00.000Z');
    expect(legalDayOf(startOfLegalDay('2026-03-12'))).toBe('2026-03-12');
  });

  it('counts the day itself as day 0', () => {
    expect(addDays('2026-02-20', 20)).toBe('2026-03-12');
    expect(daysBetween('2026-02-20', '2026-03-12')).toBe(20);
    expect(daysBetween('2026-03-12', '2026-02-20')).toBe(-20);
  });

  it('counts across the end of a leap February', () => expect(daysBetween('2028-02-28', '2028-03-01')).toBe(2));

  it.each(['2026-02-29', '2026-13-01', '26-01-01', '2026-1-1', '', '2026-01-01T00:00:00Z'])(
    'does not know «%s»',
    (text) => {
      expect(isCalendarDay(text)).toBe(false);
    },
  );

  it.each(['2026-02-28', '2028-02-29'])('knows %s', (text) => expect(isCalendarDay(text)).toBe(true));
});
