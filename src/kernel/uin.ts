import { InvalidRequisite } from './invalid-requisite.js';
import { normaliseNumber, Requisite, requireShape } from './requisite.js';

/** УИН, identifier of a charge in ГИС ГМП: 20 or 25 digits, the last one a check digit (fact sheet §3.11). */
export class Uin extends Requisite {
  /** Throws InvalidRequisite; `0`, which in a payment order means «no УИН», is BAD_LENGTH. */
  static parse(text: string): Uin {
    const value = requireShape('uin', normaliseNumber(text), [20, 25], /^\d+$/);
    if (Uin.checkDigitOf(value.slice(0, -1)) !== value.slice(-1)) throw new InvalidRequisite('uin', 'BAD_CHECK_DIGIT');
    if (/^0+$/.test(value)) throw new InvalidRequisite('uin', 'IMPOSSIBLE_VALUE');
    return new Uin(value);
  }

  /** The digit that completes a body of 19 or 24 digits. Weights run 1…10 round; a remainder of 10 asks for a second pass from 3. */
  static checkDigitOf(body: string): string {
    const first = remainder(body, 1);
    if (first < 10) return String(first);
    const second = remainder(body, 3);
    return second < 10 ? String(second) : '0';
  }
}

const remainder = (body: string, firstWeight: number): number =>
  [...body].reduce((sum, digit, index) => sum + Number(digit) * (((index + firstWeight - 1) % 10) + 1), 0) % 11;
