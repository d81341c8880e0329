import { PersonRegistry } from '../../src/contexts/profile/application/ports/person-registry.js';
import {
  AlreadyRefreshed,
  EsiaAccessEnded,
  PersonRegistryUnavailable,
} from '../../src/contexts/profile/domain/person.errors.js';
import { type PersonFacts } from '../../src/contexts/profile/domain/person-facts.js';
import { PersonRepository } from '../../src/contexts/profile/domain/person.repository.js';
import { type Person } from '../../src/contexts/profile/domain/person.js';
import { type VehicleDescription } from '../../src/contexts/profile/domain/vehicle.js';
import { PlateNumber } from '../../src/kernel/plate-number.js';
import { VehicleCertificateNumber } from '../../src/kernel/vehicle-certificate-number.js';

/** Ольга Летняя as the ESIA sandbox knows her: no middle name, nothing but contacts. */
export const personFacts = (changes: Partial<PersonFacts> = {}): PersonFacts => ({
  lastName: 'Летняя',
  firstName: 'Ольга',
  middleName: null,
  birthDate: '2001-01-21',
  birthPlace: null,
  sex: 'F',
  snils: null,
  inn: null,
  contacts: [
    { kind: 'MOBILE', value: '+79210000022', confirmed: true },
    { kind: 'EMAIL', value: 'olga.letnyaya@example.ru', confirmed: true },
  ],
  addresses: [],
  children: [],
  organizations: [],
  documents: [],
  notGranted: [],
  ...changes,
});

export const describedVehicle = ({
  make = 'LADA Vesta',
  plate = 'А123ВС178',
  certificate = '7812345678',
} = {}): VehicleDescription => ({
  make,
  plate: PlateNumber.parse(plate),
  certificate: VehicleCertificateNumber.parse(certificate),
});

/** ESIA in memory: people by oid, each with the one token that opens them. */
export class InMemoryPersonRegistry extends PersonRegistry {
  private readonly people = new Map<string, { token: string; facts: PersonFacts }>();
  private down = false;

  know(oid: string, token: string, facts: PersonFacts): void {
    this.people.set(oid, { token, facts });
  }

  breakDown(): void {
    this.down = true;
  }

  read({ oid, accessToken }: { oid: string; accessToken: string }): Promise<PersonFacts> {
    if (this.down) return Promise.reject(new PersonRegistryUnavailable());
    const person = this.people.get(oid);
    return person?.token === accessToken ? Promise.resolve(person.facts) : Promise.reject(new EsiaAccessEnded());
  }
}

/** Keeps mirrors in memory under the rules of the port. */
export class InMemoryPersons extends PersonRepository {
  readonly stored = new Map<string, Person>();
  private overtaken = false;

  /** From now on somebody else always saves first. */
  beOvertaken(): void {
    this.overtaken = true;
  }

  find(accountId: string): Promise<Person | null> {
    return Promise.resolve(this.stored.get(accountId) ?? null);
  }

  save(person: Person): Promise<void> {
    if (this.overtaken) return Promise.reject(new AlreadyRefreshed());
    this.stored.set(person.accountId, person);
    return Promise.resolve();
  }
}
