import { type AccountLevel } from '../../../kernel/account-level.js';
import { AggregateRoot } from '../../../kernel/aggregate-root.js';
import { SignedIn } from './account.events.js';
import { type EsiaAccessGrant, Session } from './session.js';

/** What ESIA says of the person at a sign-in. */
export interface EsiaFacts {
  readonly level: AccountLevel;
  readonly displayName: string;
}

export interface SessionOpening {
  readonly sessionId: string;
  readonly tokenHash: string;
  readonly access: EsiaAccessGrant;
  /** The account was registered by this very sign-in. */
  readonly firstTime: boolean;
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
  signIn(facts: EsiaFacts, opening: SessionOpening, now: Date): Session {
    this.level = facts.level;
    this.displayName = facts.displayName;
    this.record(new SignedIn(this.id, opening.sessionId, opening.firstTime));
    return Session.open(opening.sessionId, this.id, opening.tokenHash, opening.access, now);
  }
}
