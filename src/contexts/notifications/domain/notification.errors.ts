import { DomainError } from '../../../kernel/domain-error.js';

/** There is no such notification, or it is somebody else's. */
export class NotificationNotFound extends DomainError {
  readonly code = 'notifications.not-found';
  readonly kind = 'not-found';
}
