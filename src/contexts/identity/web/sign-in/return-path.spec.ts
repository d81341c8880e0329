import { returnPathOf } from './return-path.js';

describe('the page after sign-in', () => {
  it('is the one that was asked for, on this site', () => {
    expect(returnPathOf('/fines/42?page=2#top')).toBe('/fines/42?page=2#top');
  });

  it.each([
    undefined,
    ['/fines', '/x'],
    '',
    'fines',
    'https://evil.example/',
    '//evil.example/',
    '/\\evil.example/',
    '/\t/evil.example/',
    '/.//evil.example/',
    'javascript:alert(1)',
    '/auth/esia?return=/auth/esia',
  ])('is the cabinet for %j', (asked) => {
    expect(returnPathOf(asked)).toBe('/cabinet');
  });
});
