import { Query } from '@nestjs/cqrs';
import { type RequisiteKind } from '../domain/payer-requisite.js';

/**
 * Unpaid charges of whoever owns a document. Every search is written down. Throws InvalidRequisite, TooManyChargeSearches,
 * RegistryUnavailable; an empty list is an answer.
 */
export class SearchChargesQuery extends Query<FoundCharges> {
  constructor(
    readonly accountId: string,
    readonly requisiteKind: RequisiteKind,
    readonly requisite: string,
  ) {
    super();
  }
}

export interface FoundCharges {
  /** When the register answered. */
  readonly asOf: Date;
  readonly charges: readonly FoundCharge[];
}

export interface FoundCharge {
  readonly uin: string;
  readonly kind: 'FINE' | 'TAX' | 'OTHER';
  readonly purpose: string;
  readonly payee: string;
  readonly status: 'UNPAID' | 'PARTIALLY_PAID';
  readonly amountKopecks: number;
  /** What is left to pay today. */
  readonly dueKopecks: number;
  /** `YYYY-MM-DD`, null when no discount applies today. */
  readonly discountUntil: string | null;
  /** `YYYY-MM-DD`. */
  readonly billedOn: string;
  /** The same charge in this account's list of fines, where it can be paid. */
  readonly fineId: string | null;
}
