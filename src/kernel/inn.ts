import { InvalidRequisite } from './invalid-requisite.js';
import { normaliseNumber, Requisite, requireShape, weightedSum } from './requisite.js';

const WEIGHTS = [3, 7, 2, 4, 10, 3, 5, 9, 4, 6, 8];

/** ИНН, taxpayer number: 12 digits with two check digits for a person, 10 with one for an organisation (fact sheet §3.2, §3.3). */
export class Inn extends Requisite {
  /** Either length. Throws InvalidRequisite. */
  static parse(text: string): Inn {
    return Inn.ofLength(text, [10, 12]);
  }

  /** Twelve digits. Throws InvalidRequisite. */
  static parsePerson(text: string): Inn {
    return Inn.ofLength(text, [12]);
  }

  /** Ten digits. Throws InvalidRequisite. */
  static parseOrganisation(text: string): Inn {
    return Inn.ofLength(text, [10]);
  }

  private static ofLength(text: string, lengths: readonly number[]): Inn {
    const value = requireShape('inn', normaliseNumber(text), lengths, /^\d+$/);
    const firstChecked = value.length === 12 ? 10 : 9;
    for (let position = firstChecked; position < value.length; position += 1) {
      if (checkDigitAt(value, position) !== value.charAt(position))
        throw new InvalidRequisite('inn', 'BAD_CHECK_DIGIT');
    }
    if (value.startsWith('00')) throw new InvalidRequisite('inn', 'IMPOSSIBLE_VALUE');
    return new Inn(value);
  }

  get isPerson(): boolean {
    return this.value.length === 12;
  }
}

/** All check digits share one row of weights, read from its right end. */
const checkDigitAt = (digits: string, position: number): string =>
  String((weightedSum(digits, WEIGHTS.slice(-position)) % 11) % 10);
