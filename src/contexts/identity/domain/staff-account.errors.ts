import { DomainError } from '../../../kernel/domain-error.js';

/** Wrong e-mail, password or code, a used code, or a closed account: which of them is never told. */
export class StaffSignInRefused extends DomainError {
  readonly code = 'identity.staff-sign-in-refused';
  readonly kind = 'invalid';
}

/** A clerk needs an authority, an administrator must not have one. */
export class InvalidStaffAccount extends DomainError {
  readonly code = 'identity.invalid-staff-account';
  readonly kind = 'invalid';
}

/** Somebody has this e-mail already. */
export class StaffAlreadyRegistered extends DomainError {
  readonly code = 'identity.staff-already-registered';
  readonly kind = 'conflict';
}
