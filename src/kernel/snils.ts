import { InvalidRequisite } from './invalid-requisite.js';
import { normaliseNumber, Requisite, requireShape, weightedSum } from './requisite.js';

const WEIGHTS = [9, 8, 7, 6, 5, 4, 3, 2, 1];
/** The Pension Fund gave numbers up to this one before the control number existed. */
const LAST_UNCONTROLLED = 1_001_998;

/** СНИЛС, insurance number of a person: nine digits and a two-digit control number (fact sheet §3.1). */
export class Snils extends Requisite {
  /** Takes `112-233-445 95` in any spacing. Throws InvalidRequisite. */
  static parse(text: string): Snils {
    const value = requireShape('snils', normaliseNumber(text), [11], /^\d+$/);
    const body = value.slice(0, 9);
    if (Number(body) > LAST_UNCONTROLLED && controlOf(body) !== value.slice(9))
      throw new InvalidRequisite('snils', 'BAD_CHECK_DIGIT');
    if (/^0+$/.test(value)) throw new InvalidRequisite('snils', 'IMPOSSIBLE_VALUE');
    return new Snils(value);
  }

  /** `112-233-445 95`. */
  override get formatted(): string {
    return this.value.replace(/^(\d{3})(\d{3})(\d{3})(\d{2})$/, '$1-$2-$3 $4');
  }
}

/** A sum of 100 and a remainder of 100 both read 00. */
const controlOf = (body: string): string => String((weightedSum(body, WEIGHTS) % 101) % 100).padStart(2, '0');
