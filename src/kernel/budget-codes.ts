import { normaliseNumber, Requisite, requireShape } from './requisite.js';

/** КБК, budget classification code; its first three digits name the administrator (188 МВД, 182 ФНС). No check digit. */
export class Kbk extends Requisite {
  /** Throws InvalidRequisite. */
  static parse(text: string): Kbk {
    return new Kbk(requireShape('kbk', normaliseNumber(text), [20], /^\d+$/));
  }
}

/** ОКТМО, code of a municipality (8 digits) or of a settlement in it (11). No check digit. */
export class Oktmo extends Requisite {
  /** Throws InvalidRequisite. */
  static parse(text: string): Oktmo {
    return new Oktmo(requireShape('oktmo', normaliseNumber(text), [8, 11], /^\d+$/));
  }
}
