import { DomainEvent } from '../../../kernel/domain-event.js';

/** The mirror of the person was read anew from ESIA. */
export class ProfileRefreshed extends DomainEvent {
  static override readonly type = 'profile.refreshed.v1';
  constructor(
    readonly accountId: string,
    readonly refreshedAt: string,
  ) {
    super();
  }
}
