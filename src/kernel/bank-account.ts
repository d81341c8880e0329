import { InvalidRequisite } from './invalid-requisite.js';
import { normaliseNumber, Requisite, requireShape } from './requisite.js';

/** БИК, code of a bank or of a treasury office: nine digits from 0 (fact sheet §3.12). */
export class Bik extends Requisite {
  /** Throws InvalidRequisite. */
  static parse(text: string): Bik {
    const value = requireShape('bik', normaliseNumber(text), [9], /^\d+$/);
    if (!value.startsWith('0')) throw new InvalidRequisite('bik', 'IMPOSSIBLE_VALUE');
    return new Bik(value);
  }

  /** A settlement centre of the Bank of Russia. */
  get isSettlementCentre(): boolean {
    return /00[012]$/.test(this.value);
  }
}

/**
 * A bank account of 20 digits whose key (the ninth) belongs to its bank (fact sheet §3.12). Treasury accounts (`03…`, `40102…`)
 * follow another rule and are taken without the key.
 */
export class BankAccount extends Requisite {
  /** A settlement account held in that bank. Throws InvalidRequisite. */
  static parse(text: string, bik: Bik): BankAccount {
    const value = requireShape('bank-account', normaliseNumber(text), [20], /^\d+$/);
    const prefix = bik.isSettlementCentre ? centrePrefix(bik) : bik.value.slice(-3);
    if (!isTreasury(value) && !hasKey(prefix + value)) throw new InvalidRequisite('bank-account', 'BAD_CHECK_DIGIT');
    return new BankAccount(value);
  }

  /** The correspondent account of the bank itself; treasury offices have none of this kind. Throws InvalidRequisite. */
  static parseCorrespondent(text: string, bik: Bik): BankAccount {
    const value = requireShape('correspondent-account', normaliseNumber(text), [20], /^\d+$/);
    if (isTreasury(value)) return new BankAccount(value);
    if (!hasKey(centrePrefix(bik) + value)) throw new InvalidRequisite('correspondent-account', 'BAD_CHECK_DIGIT');
    if (!value.startsWith('301')) throw new InvalidRequisite('correspondent-account', 'IMPOSSIBLE_VALUE');
    return new BankAccount(value);
  }
}

const isTreasury = (account: string): boolean => account.startsWith('03') || account.startsWith('40102');

const centrePrefix = (bik: Bik): string => `0${bik.value.slice(4, 6)}`;

const hasKey = (digits: string): boolean =>
  [...digits].reduce((sum, digit, index) => sum + Number(digit) * ([7, 1, 3][index % 3] ?? 0), 0) % 10 === 0;
