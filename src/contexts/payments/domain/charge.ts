import { type Money } from '../../../kernel/money.js';
import { type RegistryDiscount } from './discount.js';

/** Who receives the money and by which budget codes: everything a payment order to the treasury needs. */
export interface Payee {
  readonly name: string;
  readonly inn: string;
  readonly kpp: string;
  /** Settlement or treasury account, 20 digits. */
  readonly account: string;
  readonly bankName: string;
  readonly bik: string;
  /** Null where the register sends none. */
  readonly correspondentAccount: string | null;
  readonly kbk: string;
  readonly oktmo: string;
}

export type ChargeStatus = 'UNPAID' | 'PARTIALLY_PAID' | 'PAID' | 'CANCELLED';

/** One obligation to pay as the register of charges knows it. */
export interface Charge {
  readonly uin: string;
  readonly purpose: string;
  /** The whole sum, without a discount. */
  readonly amount: Money;
  /** What is left of the whole sum. */
  readonly left: Money;
  /** Null when the register says nothing of discounts. */
  readonly discount: RegistryDiscount | null;
  /** ISO instant. */
  readonly billedAt: string;
  readonly status: ChargeStatus;
  readonly payee: Payee;
}

/** What a charge is for, told by the administrator of its budget code (188 МВД, 182 ФНС). */
export const chargeKindOf = ({ payee }: Charge): 'FINE' | 'TAX' | 'OTHER' =>
  payee.kbk.startsWith('188') ? 'FINE' : payee.kbk.startsWith('182') ? 'TAX' : 'OTHER';
