import { type IQueryHandler, QueryHandler } from '@nestjs/cqrs';
import { type Applicant, ApplicantQuery } from '../application/applicant.query.js';
import { confirmedContact, type PersonAddress } from '../domain/person-facts.js';
import { PersonFactsReader } from './person-facts.reader.js';
import { VehicleReader } from './vehicle.reader.js';

@QueryHandler(ApplicantQuery)
export class ApplicantQueryHandler implements IQueryHandler<ApplicantQuery> {
  constructor(
    private readonly persons: PersonFactsReader,
    private readonly vehicles: VehicleReader,
  ) {}

  async execute({ accountId }: ApplicantQuery): Promise<Applicant | null> {
    const [person, vehicles] = await Promise.all([this.persons.find(accountId), this.vehicles.ofAccount(accountId)]);
    if (person === null) return null;
    const {
      contacts,
      addresses,
      children,
      organizations,
      lastName,
      firstName,
      middleName,
      birthDate,
      sex,
      snils,
      inn,
    } = person.facts;
    const addressLine = (kind: PersonAddress['kind']) =>
      addresses.find((address) => address.kind === kind)?.line ?? null;
    return {
      ...{ lastName, firstName, middleName, birthDate, sex, snils, inn },
      mobile: confirmedContact(contacts, 'MOBILE'),
      email: confirmedContact(contacts, 'EMAIL'),
      registrationAddress: addressLine('REGISTRATION'),
      residenceAddress: addressLine('RESIDENCE'),
      children,
      vehicles: vehicles.map(({ id, make, grz, sts }) => ({ id, make, grz, sts })),
      organizations,
    };
  }
}
