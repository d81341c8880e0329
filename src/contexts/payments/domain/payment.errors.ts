import { DomainError } from '../../../kernel/domain-error.js';

/** There is no such payment in this account. */
export class PaymentNotFound extends DomainError {
  readonly code = 'payments.payment-not-found';
  readonly kind = 'not-found';
  constructor(paymentId: string) {
    super({ paymentId });
  }
}

/** The transition is not in the table: a mistake of ours, not of the payer. */
export class IllegalPaymentTransition extends DomainError {
  readonly code = 'payments.illegal-transition';
  readonly kind = 'conflict';
  constructor(paymentId: string, from: string, to: string) {
    super({ paymentId, from, to });
  }
}

/** The gateway took another sum than the one it was asked for. Never settled by itself: somebody has to look. */
export class PaidAmountDiffers extends DomainError {
  readonly code = 'payments.paid-amount-differs';
  readonly kind = 'conflict';
  constructor(paymentId: string, expectedKopecks: number, takenKopecks: number) {
    super({ paymentId, expectedKopecks, takenKopecks });
  }
}

/** Somebody else saved first; read again and decide again. */
export class ConcurrentChange extends DomainError {
  readonly code = 'payments.concurrent-change';
  readonly kind = 'conflict';
}
