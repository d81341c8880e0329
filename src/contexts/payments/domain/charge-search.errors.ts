import { DomainError } from '../../../kernel/domain-error.js';

/** The account has searched by requisites as often as allowed: 10 times in 10 minutes, 50 times a day. */
export class TooManyChargeSearches extends DomainError {
  readonly code = 'payments.too-many-searches';
  readonly kind = 'forbidden';
  constructor(readonly retryAfterSeconds: number) {
    super({ retryAfterSeconds });
  }
}
