import { type AccountLevel } from '../../../kernel/account-level.js';
import { AggregateRoot } from '../../../kernel/aggregate-root.js';
import { SignedIn } from './account.events.js';
import { type EsiaAccessGrant, Session } from './session.js';

/** What ESIA says of the person at a sign-in. */
export interface EsiaFacts {
  readonly level: AccountLevel;
  readonly displayName: string;
}

/** A citizen as the portal knows one: a person of ESIA who has signed in at least once. */
export class Account extends AggregateRoot {
  private constructor(
    readonly id: string,
    /** Number of the person at ESIA. */
    readonly oid: string,
    private level: AccountLevel,
    private displayName: string,
    private readonly registeredAt: Date,
  ) {
    super();
  }

  static register(id: string, oid: string, facts: EsiaFacts, now: Date): Account {
    return new Account(id, oid, facts.level, facts.displayName, now);
  }

  /** Takes level and name as ESIA gives them now (a level may drop, too) and opens a session. */
  signIn(facts: EsiaFacts, session: { id: string; tokenHash: string; access: EsiaAccessGrant }, now: Date): Session {
    this.level = facts.level;
    this.displayName = facts.displayName;
    const firstTime = this.registeredAt.getTime() === now.getTime();
    this.record(new SignedIn(this.id, session.id, firstTime));
    return Session.open(session.id, this.id, session.tokenHash, session.access, now);
  }
}
