import { AggregateRoot } from '../../../kernel/aggregate-root.js';
import { ProfileRefreshed } from './person.events.js';
import { type PersonFacts } from './person-facts.js';

/** Read-only mirror of a person as ESIA knows them; nothing in it is ever typed at the portal (seed 000). */
export class Person extends AggregateRoot {
  private constructor(
    /** One person per account: the account's id is the person's. */
    readonly accountId: string,
    private facts: PersonFacts,
    private refreshedAt: Date,
  ) {
    super();
  }

  /** The first reading of this account's person. */
  static mirror(accountId: string, facts: PersonFacts, readAt: Date): Person {
    const person = new Person(accountId, facts, readAt);
    person.announce();
    return person;
  }

  /** Takes a newer reading whole. A reading older than the one held changes nothing: answers may overtake each other. */
  refresh(facts: PersonFacts, readAt: Date): void {
    if (readAt.getTime() < this.refreshedAt.getTime()) return;
    this.facts = facts;
    this.refreshedAt = readAt;
    this.announce();
  }

  private announce(): void {
    this.record(new ProfileRefreshed(this.accountId, this.refreshedAt.toISOString()));
  }
}
