import { DomainError } from '../../../kernel/domain-error.js';

/** There is no such fine in this account. */
export class FineNotFound extends DomainError {
  readonly code = 'payments.fine-not-found';
  readonly kind = 'not-found';
  constructor(fineId: string) {
    super({ fineId });
  }
}

/** A payment of this charge is under way: it is continued or waited for, a second one is not begun. */
export class PaymentInProgress extends DomainError {
  readonly code = 'payments.payment-in-progress';
  readonly kind = 'conflict';
  constructor(
    /** Null when the payment belongs to somebody else's account. */
    readonly paymentId: string | null,
  ) {
    super(paymentId ? { paymentId } : {});
  }
}

/** The sum shown to the payer is not what is due now: the discount has ended or the register changed the charge. */
export class AmountChanged extends DomainError {
  readonly code = 'payments.amount-changed';
  readonly kind = 'conflict';
  constructor(
    fineId: string,
    /** What is due now. */
    readonly dueKopecks: number,
  ) {
    super({ fineId, dueKopecks });
  }
}

/** The fine is settled, here or elsewhere. */
export class FineAlreadyPaid extends DomainError {
  readonly code = 'payments.fine-already-paid';
  readonly kind = 'conflict';
  constructor(fineId: string) {
    super({ fineId });
  }
}

/** The authority withdrew the fine: nothing is due. */
export class FineCancelled extends DomainError {
  readonly code = 'payments.fine-cancelled';
  readonly kind = 'conflict';
  constructor(fineId: string) {
    super({ fineId });
  }
}

/** The register of charges has not told yet whom to pay. */
export class PayeeUnknown extends DomainError {
  readonly code = 'payments.payee-unknown';
  readonly kind = 'unavailable';
  constructor(fineId: string) {
    super({ fineId });
  }
}
