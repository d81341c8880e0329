import { levelOf } from './esia-level.js';

describe('the level of an account', () => {
  it.each([
    [{ trusted: true, hasSnils: true, mainDocumentVerified: true }, 'CONFIRMED'],
    [{ trusted: false, hasSnils: true, mainDocumentVerified: true }, 'STANDARD'],
    [{ trusted: false, hasSnils: true, mainDocumentVerified: false }, 'SIMPLIFIED'],
    [{ trusted: false, hasSnils: false, mainDocumentVerified: true }, 'SIMPLIFIED'],
  ])('of %j is %s', (facts, level) => {
    expect(levelOf(facts)).toBe(level);
  });
});
