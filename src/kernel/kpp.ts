import { normaliseNumber, Requisite, requireShape, toLatin } from './requisite.js';

/** КПП, reason code of an organisation's tax registration: office, reason, serial; no check digit (fact sheet §3.5). */
export class Kpp extends Requisite {
  /** Throws InvalidRequisite. */
  static parse(text: string): Kpp {
    return new Kpp(requireShape('kpp', toLatin(normaliseNumber(text)), [9], /^\d{4}[0-9A-Z]{2}\d{3}$/));
  }
}
