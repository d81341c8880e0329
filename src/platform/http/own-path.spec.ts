import { ownPathOf } from './own-path.js';

describe('the page to go on to', () => {
  it('is one of this site', () => expect(ownPathOf('/documents/42?page=2#top')).toBe('/documents/42?page=2#top'));

  it.each([undefined, ['/fines', '/x'], '', 'fines', 'https://evil.example/', '//evil.example/', '/\\evil.example/', '/\t/evil.example/', '/.//evil.example/'])(
    'is never %j',
    (asked) => expect(ownPathOf(asked)).toBeNull(),
  );
});
