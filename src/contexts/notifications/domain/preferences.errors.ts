import { DomainError } from '../../../kernel/domain-error.js';

/** The bounds of the delivery window are not two times of day. */
export class InvalidDeliveryWindow extends DomainError {
  readonly code = 'notifications.invalid-window';
  readonly kind = 'invalid';
}

/** A kind or a channel that does not exist was sent. */
export class UnknownPreference extends DomainError {
  readonly code = 'notifications.unknown-preference';
  readonly kind = 'invalid';
}

/** The settings were saved elsewhere after this form was opened. */
export class StalePreferences extends DomainError {
  readonly code = 'notifications.stale-preferences';
  readonly kind = 'conflict';
}
