import { type Money } from '../../../kernel/money.js';
import { type Payee } from './charge.js';

/** Separators the standard allows; the first one that no value contains is used. */
const SEPARATORS = ['|', '~', '^', '_', '#'] as const;
const MAX_PURPOSE = 210;

/**
 * Text of a payment QR code by ГОСТ Р 56042-2014: `ST`, version 0001, encoding 2 (UTF-8), the requisites of the payment order.
 * The sum is in kopecks.
 */
export function paymentCode(payment: {
  readonly payee: Payee;
  readonly amount: Money;
  readonly purpose: string;
  readonly uin: string;
}): string {
  const { payee, amount, purpose, uin } = payment;
  const requisites: readonly (readonly [string, string])[] = [
    ['Name', payee.name.slice(0, 160)],
    ['PersonalAcc', payee.account],
    ['BankName', payee.bankName.slice(0, 45)],
    ['BIC', payee.bik],
    ['CorrespAcc', payee.correspondentAccount ?? '0'],
    ['Sum', String(amount.kopecks)],
    ['Purpose', purpose.slice(0, MAX_PURPOSE)],
    ['PayeeINN', payee.inn],
    ['KPP', payee.kpp],
    ['CBC', payee.kbk],
    ['OKTMO', payee.oktmo],
    ['UIN', uin],
  ];
  const values = requisites.map(([, value]) => value).join('');
  const separator = SEPARATORS.find((candidate) => !values.includes(candidate)) ?? SEPARATORS[0];
  const clean = (value: string): string => value.replaceAll(separator, ' ');
  return [`ST00012`, ...requisites.map(([name, value]) => `${name}=${clean(value)}`)].join(separator);
}
