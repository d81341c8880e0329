import fc from 'fast-check';
import { Money } from './money.js';

const amount = fc.integer({ min: 0, max: 10 ** 12 });

describe('Money', () => {
  it.each([0.5, -1, Number.NaN, Number.MAX_SAFE_INTEGER + 1])('is never %p kopecks', (kopecks) => {
    expect(() => Money.ofKopecks(kopecks)).toThrow(RangeError);
  });

  it('takes roubles with whole kopecks only', () => {
    expect(Money.ofRubles(1500).kopecks).toBe(150_000);
    expect(() => Money.ofRubles(0.001)).toThrow(RangeError);
  });

  it('adds and takes away, never below zero', () => {
    expect(Money.ofRubles(5).plus(Money.ofRubles(2)).equals(Money.ofRubles(7))).toBe(true);
    expect(Money.ofRubles(5).minus(Money.ofRubles(7)).isZero()).toBe(true);
  });

  it.each([
    [150_000, 50, 75_000],
    [75_001, 50, 37_501],
    [99, 50, 50],
    [10_000, 30, 7_000],
    [1, 30, 1],
    [100, 0, 100],
    [100, 100, 0],
  ])('%d kopecks less %d %% is %d, half a kopeck up', (kopecks, percent, left) => {
    expect(Money.ofKopecks(kopecks).afterDiscount(percent).kopecks).toBe(left);
  });

  it('gives back what was added', () => {
    fc.assert(
      fc.property(
        amount,
        amount,
        (a, b) => Money.ofKopecks(a).plus(Money.ofKopecks(b)).minus(Money.ofKopecks(b)).kopecks === a,
      ),
    );
  });

  it('rounds a discount by at most half a kopeck', () => {
    fc.assert(
      fc.property(amount, fc.integer({ min: 0, max: 100 }), (kopecks, percent) => {
        const left = Money.ofKopecks(kopecks).afterDiscount(percent).kopecks;
        return Math.abs(left * 100 - kopecks * (100 - percent)) <= 50;
      }),
    );
  });
});
