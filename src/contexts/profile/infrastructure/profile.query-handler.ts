import { type IQueryHandler, QueryHandler } from '@nestjs/cqrs';
import { ProfileQuery, type ProfileView } from '../application/profile.query.js';
import { PersonFactsReader } from './person-facts.reader.js';

@QueryHandler(ProfileQuery)
export class ProfileQueryHandler implements IQueryHandler<ProfileQuery> {
  constructor(private readonly persons: PersonFactsReader) {}

  execute({ accountId }: ProfileQuery): Promise<ProfileView | null> {
    return this.persons.find(accountId);
  }
}
