import { type IQueryHandler, QueryHandler } from '@nestjs/cqrs';
import { type Contacts, ContactsQuery } from '../application/contacts.query.js';
import { confirmedContact } from '../domain/person-facts.js';
import { PersonFactsReader } from './person-facts.reader.js';

const UNKNOWN: Contacts = { known: false, mobile: null, email: null, firstName: null, middleName: null };

@QueryHandler(ContactsQuery)
export class ContactsQueryHandler implements IQueryHandler<ContactsQuery> {
  constructor(private readonly persons: PersonFactsReader) {}

  async execute({ accountId }: ContactsQuery): Promise<Contacts> {
    const person = await this.persons.find(accountId);
    if (person === null) return UNKNOWN;
    const { contacts, firstName, middleName } = person.facts;
    return {
      known: true,
      mobile: confirmedContact(contacts, 'MOBILE'),
      email: confirmedContact(contacts, 'EMAIL'),
      firstName,
      middleName,
    };
  }
}
