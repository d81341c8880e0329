import { DomainError } from '../../../kernel/domain-error.js';

/** The person pressed «Отказать» at ESIA (ESIA-007004). */
export class ConsentRefused extends DomainError {
  readonly code = 'identity.consent-refused';
  readonly kind = 'forbidden';
}

/** The sign-in was begun too long ago, in another browser, or its answer was used or tampered with. */
export class SignInStale extends DomainError {
  readonly code = 'identity.sign-in-stale';
  readonly kind = 'invalid';
}

/** ESIA does not answer, or answers with its own failure. Nothing was changed; trying again is safe. */
export class IdentityProviderUnavailable extends DomainError {
  readonly code = 'identity.provider-unavailable';
  readonly kind = 'unavailable';
}

/** Our clock and that of ESIA differ too much (ESIA-007015): an operator has to act. */
export class ClockSkewed extends DomainError {
  readonly code = 'identity.clock-skewed';
  readonly kind = 'unavailable';
}

/** ESIA refused for another reason; `esiaCode` is its six digits. */
export class IdentityProviderRefused extends DomainError {
  readonly code = 'identity.provider-refused';
  readonly kind = 'unavailable';
  constructor(esiaCode: string) {
    super({ esiaCode });
  }
}

/** The answer is not provably from ESIA and for us: signature, issuer, audience, term or state is wrong. */
export class UntrustedAnswer extends DomainError {
  readonly code = 'identity.untrusted-answer';
  readonly kind = 'unavailable';
}

/** Two first sign-ins of one person met; this one has to be repeated. */
export class SignInCollision extends DomainError {
  readonly code = 'identity.sign-in-collision';
  readonly kind = 'conflict';
}
