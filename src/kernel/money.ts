/** Roubles held as whole kopecks; never a float. */
export class Money {
  private constructor(readonly kopecks: number) {}

  /** Throws RangeError for a fraction of a kopeck, a negative or an unsafe number. */
  static ofKopecks(kopecks: number): Money {
    if (!Number.isSafeInteger(kopecks) || kopecks < 0) throw new RangeError(`Not an amount in kopecks: ${kopecks}`);
    return new Money(kopecks);
  }

  static ofRubles(rubles: number): Money {
    return Money.ofKopecks(rubles * 100);
  }

  static readonly zero = new Money(0);

  plus(other: Money): Money {
    return Money.ofKopecks(this.kopecks + other.kopecks);
  }

  /** Never below zero: an overpaid charge has nothing left to pay. */
  minus(other: Money): Money {
    return Money.ofKopecks(Math.max(0, this.kopecks - other.kopecks));
  }

  /** What is left after a discount of `percent`, rounded half up to a kopeck (fact sheet §10.3 rule 4). */
  afterDiscount(percent: number): Money {
    return Money.ofKopecks(Number((BigInt(this.kopecks) * BigInt(100 - percent) + 50n) / 100n));
  }

  equals(other: Money): boolean {
    return this.kopecks === other.kopecks;
  }

  isZero(): boolean {
    return this.kopecks === 0;
  }
}
