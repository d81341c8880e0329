import { type PersonFacts } from '../../domain/person-facts.js';

/** ESIA's register of persons, read with the rights the signed-in citizen gave. */
export abstract class PersonRegistry {
  /**
   * Everything the citizen lets the portal know of them, as of now. A section that was not granted comes empty and is named
   * in `notGranted`. Throws EsiaAccessEnded when the token is no longer accepted, PersonRegistryUnavailable once the adapter
   * has used up its own retries. Reading changes nothing and may be repeated.
   */
  abstract read(access: { readonly oid: string; readonly accessToken: string }): Promise<PersonFacts>;
}
