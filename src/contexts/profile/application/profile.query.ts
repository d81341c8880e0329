import { Query } from '@nestjs/cqrs';
import { type PersonFacts } from '../domain/person-facts.js';

/** The mirror of the account's person as last read. Null until the profile was read from ESIA once. */
export class ProfileQuery extends Query<ProfileView | null> {
  constructor(readonly accountId: string) {
    super();
  }
}

export interface ProfileView {
  readonly facts: PersonFacts;
  readonly refreshedAt: Date;
}
