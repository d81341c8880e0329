import { Query } from '@nestjs/cqrs';
import { type PaymentStatus } from '../domain/payment-state-transitions.js';

/** History of payments of an account, newest first. */
export class PaymentsQuery extends Query<PaymentsView> {
  constructor(
    readonly accountId: string,
    /** Id of the last payment of the previous page. */
    readonly after: string | null = null,
  ) {
    super();
  }
}

/** One payment; null when the account has none of this id. */
export class PaymentQuery extends Query<PaymentDetails | null> {
  constructor(
    readonly accountId: string,
    readonly paymentId: string,
  ) {
    super();
  }
}

/** The payment an order of the bank belongs to; null when it is not this account's. */
export class PaymentOfOrderQuery extends Query<string | null> {
  constructor(
    readonly accountId: string,
    readonly orderId: string,
  ) {
    super();
  }
}

/** The receipt of a made payment as a PDF; null when there is none. */
export class ReceiptQuery extends Query<Buffer | null> {
  constructor(
    readonly accountId: string,
    readonly paymentId: string,
  ) {
    super();
  }
}

/** The few states a citizen sees of the many a payment has. */
export type PaymentOutcome = 'PENDING' | 'PAID' | 'FAILED' | 'RETURNED';

export const outcomeOf = (status: PaymentStatus): PaymentOutcome => {
  switch (status) {
    case 'CREATED':
    case 'REGISTERED':
    case 'AUTHENTICATING':
      return 'PENDING';
    case 'PAID':
      return 'PAID';
    case 'DECLINED':
    case 'REJECTED':
    case 'EXPIRED':
      return 'FAILED';
    case 'OVERPAID':
    case 'REFUNDED':
      return 'RETURNED';
  }
};

export interface PaymentRow {
  readonly paymentId: string;
  readonly outcome: PaymentOutcome;
  readonly amountKopecks: number;
  readonly purpose: string;
  readonly decreeNumber: string;
  readonly startedAt: Date;
  readonly settledAt: Date | null;
}

export interface PaymentsView {
  readonly payments: readonly PaymentRow[];
  readonly next: string | null;
}

export interface PaymentDetails extends PaymentRow {
  readonly fineId: string;
  readonly uin: string;
  readonly status: PaymentStatus;
  readonly discountPercent: number | null;
  /** The card can be given until then, as long as the outcome is open. */
  readonly expiresAt: Date;
  /** The bank's code of a refusal. */
  readonly actionCode: number | null;
  readonly maskedPan: string | null;
  readonly approvalCode: string | null;
  readonly reference: string | null;
}
