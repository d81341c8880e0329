import { DomainEvent } from '../../../kernel/domain-event.js';

/** A citizen came in through ESIA; `sessionId` finds the ESIA access token while the session lives. */
export class SignedIn extends DomainEvent {
  static override readonly type = 'identity.signed-in.v1';
  constructor(
    readonly accountId: string,
    readonly sessionId: string,
    readonly firstTime: boolean,
  ) {
    super();
  }
}
