import { DomainEvent } from '../../../kernel/domain-event.js';

/** A fine that the account did not have before was found in the register. */
export class FineFound extends DomainEvent {
  static override readonly type = 'payments.fine-found.v1';
  constructor(
    readonly fineId: string,
    readonly accountId: string,
    readonly amountKopecks: number,
    /** What is due while the discount lasts; null without a discount. */
    readonly discountedKopecks: number | null,
    /** Last day of the discount, `YYYY-MM-DD` in Moscow. */
    readonly discountUntil: string | null,
  ) {
    super();
  }
}

/** The gateway confirmed a payment: the fine is settled by it. */
export class FinePaid extends DomainEvent {
  static override readonly type = 'payments.fine-paid.v1';
  constructor(
    readonly fineId: string,
    readonly paymentId: string,
    readonly accountId: string,
    readonly amountKopecks: number,
  ) {
    super();
  }
}

/** A payment ended without money being taken: refused, given up or timed out. */
export class FinePaymentFailed extends DomainEvent {
  static override readonly type = 'payments.fine-payment-failed.v1';
  constructor(
    readonly fineId: string,
    readonly paymentId: string,
    readonly accountId: string,
  ) {
    super();
  }
}
