import {
  formatDate,
  formatDateTime,
  formatFileSize,
  formatMoney,
  formatShortDate,
  parseDay,
  plural,
} from './format.js';

describe('words for people', () => {
  it('writes money with two digits, a grouping no-break space and the rouble sign', () => {
    expect(formatMoney(150000)).toBe('1\u00a0500,00\u00a0₽');
    expect(formatMoney(50001)).toBe('500,01\u00a0₽');
    expect(formatMoney(0)).toBe('0,00\u00a0₽');
  });

  it('writes a calendar day as that day, wherever the server is', () => {
    expect(formatDate('2026-03-12')).toBe('12\u00a0марта\u00a02026\u00a0г.');
    expect(formatShortDate('2026-01-05')).toBe('05.01.2026');
  });

  it('writes an instant in Moscow time and says so', () => {
    expect(formatDateTime('2026-03-31T21:00:00.000Z')).toBe('1\u00a0апреля\u00a02026\u00a0г., 00:00\u00a0(МСК)');
    expect(formatDate(new Date('2026-03-31T20:59:59.999Z'))).toBe('31\u00a0марта\u00a02026\u00a0г.');
  });

  it('refuses what is not a moment', () => {
    expect(() => formatDate('завтра')).toThrow(RangeError);
  });

  it.each([
    [1, '1\u00a0штраф'],
    [2, '2\u00a0штрафа'],
    [5, '5\u00a0штрафов'],
    [11, '11\u00a0штрафов'],
    [21, '21\u00a0штраф'],
    [1002, '1\u00a0002\u00a0штрафа'],
  ])('counts %i fines', (count, words) => {
    expect(plural(count, 'штраф', 'штрафа', 'штрафов')).toBe(words);
  });

  it('writes sizes in the unit a person thinks in', () => {
    expect(formatFileSize(512)).toBe('512\u00a0Б');
    expect(formatFileSize(3145728)).toBe('3\u00a0МБ');
    expect(formatFileSize(1468006)).toBe('1,4\u00a0МБ');
  });

  it.each([
    ['27.03.2026', '2026-03-27'],
    [' 7 3 2026 ', '2026-03-07'],
    ['27/03/2026', '2026-03-27'],
    ['2026-03-27', '2026-03-27'],
    ['29.02.2028', '2028-02-29'],
    ['29.02.2026', null],
    ['31.04.2026', null],
    ['27.03.26', null],
    ['27.03', null],
    ['вчера', null],
    ['', null],
  ])('reads the typed day %p as %p', (typed, day) => {
    expect(parseDay(typed)).toBe(day);
  });
});
