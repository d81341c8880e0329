import { DomainError } from '../../../kernel/domain-error.js';

/** ESIA did not answer after all retries, or answered with something that is no profile. What was read before stays. */
export class PersonRegistryUnavailable extends DomainError {
  readonly code = 'profile.esia-unavailable';
  readonly kind = 'unavailable';
}

/** The right to read the person at ESIA has ended: the citizen has to sign in again. */
export class EsiaAccessEnded extends DomainError {
  readonly code = 'profile.esia-access-ended';
  readonly kind = 'forbidden';
}

/** Another reading of the same person was saved first; the mirror is fresh without this one. */
export class AlreadyRefreshed extends DomainError {
  readonly code = 'profile.already-refreshed';
  readonly kind = 'conflict';
}
