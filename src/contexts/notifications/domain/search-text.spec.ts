import { foldForSearch } from './search-text.js';

describe('text for searching', () => {
  it.each([
    ['Запись на приём', 'ЗАПИСЬ НА ПРИЕМ'],
    ['Платёж прошёл', 'платеж\n прошел '],
    ['Йод', 'и\u0306од'],
  ])('is the same for %j and %j', (one, other) => {
    expect(foldForSearch(one)).toBe(foldForSearch(other));
  });

  it('keeps different letters different', () => {
    expect(foldForSearch('йод')).not.toBe(foldForSearch('иод'));
  });
});
