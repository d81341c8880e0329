import { InvalidRequisite } from './invalid-requisite.js';
import { normaliseCode, normaliseNumber, Requisite, requireShape } from './requisite.js';

/** Postal index: six digits. */
export class PostalIndex extends Requisite {
  /** Throws InvalidRequisite. */
  static parse(text: string): PostalIndex {
    return new PostalIndex(requireShape('postal-index', normaliseNumber(text), [6], /^\d+$/));
  }
}

/** Cadastral number of real estate: district, area, quarter, object (`78:00:0000000:123`). */
export class CadastralNumber extends Requisite {
  /** Throws InvalidRequisite. */
  static parse(text: string): CadastralNumber {
    const value = normaliseCode(text);
    if (value === '') throw new InvalidRequisite('cadastral-number', 'EMPTY');
    if (!/^\d{2}:\d{2}:\d{1,7}:\d{1,10}$/.test(value)) throw new InvalidRequisite('cadastral-number', 'BAD_CHARACTERS');
    return new CadastralNumber(value);
  }
}
