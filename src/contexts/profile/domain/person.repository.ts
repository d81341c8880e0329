import { type Person } from './person.js';

/** Where mirrors of persons are kept, encrypted. */
export abstract class PersonRepository {
  /** Null until the first reading. */
  abstract find(accountId: string): Promise<Person | null>;

  /** Throws AlreadyRefreshed when another reading of this person was saved in the meantime. */
  abstract save(person: Person): Promise<void>;
}
