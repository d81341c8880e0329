import { InvalidRequisite } from './invalid-requisite.js';
import { passesLuhn } from './luhn.js';
import { normaliseNumber, Requisite, requireShape } from './requisite.js';

/** ЕНП, number of a medical insurance policy: 16 digits, Luhn. What the other digits mean is never decoded (fact sheet §3.6). */
export class Enp extends Requisite {
  /** Throws InvalidRequisite. */
  static parse(text: string): Enp {
    const value = requireShape('enp', normaliseNumber(text), [16], /^\d+$/);
    if (!passesLuhn(value)) throw new InvalidRequisite('enp', 'BAD_CHECK_DIGIT');
    if (/^0+$/.test(value)) throw new InvalidRequisite('enp', 'IMPOSSIBLE_VALUE');
    return new Enp(value);
  }

  /** Groups of four, as on the policy. */
  override get formatted(): string {
    return this.value.replace(/(\d{4})(?=\d)/g, '$1 ');
  }
}
