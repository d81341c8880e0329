import { Injectable } from '@nestjs/common';
import { Config } from '../../../platform/config/config.js';
import { PersonRegistry } from '../application/ports/person-registry.js';
import { type PersonFacts, type PersonSection } from '../domain/person-facts.js';
import { EsiaAccessEnded, PersonRegistryUnavailable } from '../domain/person.errors.js';
import { EsiaApi, NotGranted } from './esia-api.js';
import { documentsOf } from './esia-document.js';
import {
  type EsiaRecord,
  addressOf,
  childOf,
  contactOf,
  elementsOf,
  isRecord,
  organizationOf,
  personalDetails,
  textOf,
} from './esia-person.js';

const EMBED = 'contacts.elements,addresses.elements,documents.elements,kids.elements,kids.documents.elements';

/** Path of each collection below the person, by the name it has when embedded. */
const COLLECTIONS = { contacts: 'ctts', addresses: 'addrs', kids: 'kids', documents: 'docs' } as const;
type Collection = keyof typeof COLLECTIONS;

/** Reads persons from ESIA's REST (`/rs/prns/{oid}`): one request with everything embedded, then only what did not come with it. */
@Injectable()
export class EsiaPersonRegistry extends PersonRegistry {
  private readonly api: EsiaApi;

  constructor(config: Config) {
    super();
    this.api = new EsiaApi(config.esia.url);
  }

  async read({ oid, accessToken }: { oid: string; accessToken: string }): Promise<PersonFacts> {
    const reading = new Reading(this.api, accessToken);
    const base = `/rs/prns/${encodeURIComponent(oid)}`;
    const [person, roles] = await Promise.all([
      reading.person(`${base}?embed=(${EMBED})`),
      reading.granted(() => reading.elements(`${base}/roles`)),
    ]);
    const [contacts, addresses, documents, children, organizations] = await Promise.all([
      reading.granted(() => reading.collection(person, base, 'contacts')),
      reading.granted(() => reading.collection(person, base, 'addresses')),
      reading.granted(() => reading.collection(person, base, 'documents')),
      reading.granted(async () => reading.children(await reading.collection(person, base, 'kids'), base)),
      roles && Promise.all(roles.map(async (role) => organizationOf(role, await reading.organization(role)))),
    ]);
    const childDocuments = children?.some((child) => child.documents === null) ? null : [];
    const notGranted = Object.entries({ contacts, addresses, children, organizations, documents, childDocuments })
      .filter(([, section]) => section === null)
      .map(([name]) => name as PersonSection);
    return {
      ...personalDetails(person),
      contacts: (contacts ?? []).map(contactOf).filter(isKnown),
      addresses: (addresses ?? []).map(addressOf).filter(isKnown),
      children: (children ?? []).map(({ child }) => child).filter(isKnown),
      organizations: (organizations ?? []).filter(isKnown),
      documents: [
        ...documentsOf(person, documents ?? [], null),
        ...(children ?? []).flatMap(({ kid, child, documents }) =>
          child ? documentsOf(kid, documents ?? [], child.id) : [],
        ),
      ],
      notGranted,
    };
  }
}

const isKnown = <T>(value: T | null): value is T => value !== null;

/** One reading with one token. */
class Reading {
  constructor(
    private readonly api: EsiaApi,
    private readonly accessToken: string,
  ) {}

  /** Null when the citizen did not grant it; every other failure ends the reading. */
  async granted<T>(read: () => Promise<T>): Promise<T | null> {
    try {
      return await read();
    } catch (error) {
      if (error instanceof NotGranted) return null;
      throw error;
    }
  }

  async person(address: string): Promise<EsiaRecord> {
    const person = await this.granted(() => this.api.get(address, this.accessToken));
    // Not even the name may be read any more: only a new sign-in can grant it again.
    if (person === null) throw new EsiaAccessEnded();
    if (!isRecord(person) || textOf(person, 'firstName') === null) throw new PersonRegistryUnavailable();
    return person;
  }

  /** Embedded objects when they came with `owner`, otherwise read at their own address. */
  async collection(owner: EsiaRecord, base: string, name: Collection): Promise<readonly EsiaRecord[]> {
    const embedded = elementsOf(owner[name]);
    return embedded?.every(isRecord) ? embedded : this.elements(`${base}/${COLLECTIONS[name]}`);
  }

  /** Objects of a collection; where ESIA lists addresses instead, each is read. */
  async elements(address: string): Promise<readonly EsiaRecord[]> {
    const elements = elementsOf(await this.api.get(`${address}?embed=(elements)`, this.accessToken));
    if (elements === null) throw new PersonRegistryUnavailable();
    const objects = await Promise.all(
      elements.map((element) => (typeof element === 'string' ? this.api.get(element, this.accessToken) : element)),
    );
    return objects.filter(isRecord);
  }

  /** Each child with what ESIA says of it and its documents; `documents` is null when they were not granted. */
  children(kids: readonly EsiaRecord[], base: string) {
    return Promise.all(
      kids.map(async (kid) => {
        const kidBase = `${base}/kids/${encodeURIComponent(textOf(kid, 'id') ?? textOf(kid, 'oid') ?? '')}`;
        const documents = await this.granted(() => this.collection(kid, kidBase, 'documents'));
        return { kid, child: childOf(kid, documents ?? []), documents };
      }),
    );
  }

  /** ИНН and КПП of the organisation: its scopes are granted apart from the role. */
  async organization(role: EsiaRecord): Promise<EsiaRecord | null> {
    const details = await this.granted(() =>
      this.api.get(`/rs/orgs/${encodeURIComponent(textOf(role, 'oid') ?? '')}`, this.accessToken),
    );
    return isRecord(details) ? details : null;
  }
}
