import { InvalidRequisite } from './invalid-requisite.js';
import { normaliseNumber, Requisite } from './requisite.js';

/** A Russian telephone number, stored as `+7XXXXXXXXXX` (fact sheet §3.12). */
export class Phone extends Requisite {
  /** Takes `8…`, `7…`, `+7…` with any separators, and ten digits of a mobile number. Throws InvalidRequisite. */
  static parse(text: string): Phone {
    const typed = normaliseNumber(text);
    if (typed === '') throw new InvalidRequisite('phone', 'EMPTY');
    const digits = typed.replace(/^\+7/, '7').replace(/^9(?=\d{9}$)/, '79');
    if (digits.length !== 11) throw new InvalidRequisite('phone', 'BAD_LENGTH');
    if (!/^[78]\d{10}$/.test(digits)) throw new InvalidRequisite('phone', 'BAD_CHARACTERS');
    if (!/^[3-9]/.test(digits.slice(1))) throw new InvalidRequisite('phone', 'IMPOSSIBLE_VALUE');
    return new Phone(`+7${digits.slice(1)}`);
  }

  /** Only a mobile number can be sent an SMS. */
  get isMobile(): boolean {
    return this.value.startsWith('+79');
  }

  /** `+7 999 000-00-01`. */
  override get formatted(): string {
    return this.value.replace(/^\+7(\d{3})(\d{3})(\d{2})(\d{2})$/, '+7 $1 $2-$3-$4');
  }

  /** `+7 ••• •••-••-01`. */
  override get masked(): string {
    return `+7 ••• •••-••-${this.value.slice(-2)}`;
  }
}
