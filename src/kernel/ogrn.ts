import { InvalidRequisite } from './invalid-requisite.js';
import { normaliseNumber, Requisite, requireShape } from './requisite.js';

/** ОГРН, state registration number of an organisation: 13 digits, the first 1 or 5 (fact sheet §3.4). */
export class Ogrn extends Requisite {
  /** Throws InvalidRequisite. */
  static parse(text: string): Ogrn {
    return new Ogrn(registrationNumber('ogrn', text, 13, ['1', '5']));
  }
}

/** ОГРНИП, state registration number of a sole proprietor: 15 digits, the first 3 (fact sheet §3.4). */
export class Ogrnip extends Requisite {
  /** Throws InvalidRequisite. */
  static parse(text: string): Ogrnip {
    return new Ogrnip(registrationNumber('ogrnip', text, 15, ['3']));
  }
}

/** The check digit is the remainder of all digits before it by (their count − 1), its last digit. */
function registrationNumber(requisite: string, text: string, length: 13 | 15, firstDigits: readonly string[]): string {
  const value = requireShape(requisite, normaliseNumber(text), [length], /^\d+$/);
  const control = (BigInt(value.slice(0, -1)) % BigInt(length - 2)) % 10n;
  if (String(control) !== value.slice(-1)) throw new InvalidRequisite(requisite, 'BAD_CHECK_DIGIT');
  if (!firstDigits.includes(value.charAt(0))) throw new InvalidRequisite(requisite, 'IMPOSSIBLE_VALUE');
  return value;
}
