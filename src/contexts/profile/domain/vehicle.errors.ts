import { DomainError } from '../../../kernel/domain-error.js';

/** The make is empty or longer than 100 characters. */
export class InvalidMake extends DomainError {
  readonly code = 'profile.invalid-make';
  readonly kind = 'invalid';
}

/** The account has no such vehicle: it never had, or it was removed too long ago. */
export class VehicleNotFound extends DomainError {
  readonly code = 'profile.vehicle-not-found';
  readonly kind = 'not-found';
}

/** The account has a vehicle with this registration certificate already. */
export class VehicleAlreadyAdded extends DomainError {
  readonly code = 'profile.vehicle-already-added';
  readonly kind = 'conflict';
}

/** The vehicle was changed after the citizen opened the form. */
export class VehicleChangedMeanwhile extends DomainError {
  readonly code = 'profile.vehicle-changed-meanwhile';
  readonly kind = 'conflict';
}
