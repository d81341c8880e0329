import { randomUUID } from 'node:crypto';
import { type IQueryHandler, QueryHandler } from '@nestjs/cqrs';
import { type EsiaAccess, EsiaAccessQuery } from '../../src/contexts/identity/public.js';
import { PersonRegistry } from '../../src/contexts/profile/application/ports/person-registry.js';
import { type PersonFacts } from '../../src/contexts/profile/domain/person-facts.js';
import { PersonRegistryUnavailable } from '../../src/contexts/profile/domain/person.errors.js';
import { ProfileModule, profileMappings } from '../../src/contexts/profile/profile.module.js';
import { type Citizen } from '../../src/platform/http/principal.js';
import { PortalVisitor } from './portal-visitor.js';
import { InMemoryPersonRegistry } from './profile.js';
import { testApp, type TestApp } from './test-app.js';

const OID = '1000000003';

/** ESIA with one person, which can be switched off and counts how often it was read. */
class SwitchedRegistry extends PersonRegistry {
  up = true;
  reads = 0;
  private readonly known = new InMemoryPersonRegistry();

  know(facts: PersonFacts): void {
    this.known.know(OID, 'token', facts);
  }

  read(access: { oid: string; accessToken: string }): Promise<PersonFacts> {
    this.reads += 1;
    return this.up ? this.known.read(access) : Promise.reject(new PersonRegistryUnavailable());
  }
}

/** The pages of the profile with somebody signed in; ESIA and identity stand aside. */
export interface ProfilePages {
  readonly app: TestApp;
  readonly registry: SwitchedRegistry;
  readonly visitor: PortalVisitor;
  readonly accountId: string;
  /** Another citizen sits down at the same browser, or the same one with another level or session. */
  become(changes: Partial<Citizen>): void;
  /** A new account of Ольга Летняя at an ESIA that is up. */
  startAnew(facts: PersonFacts): void;
}

/** Starts the profile alone. Only the session `live` of the account may read ESIA; every other has ended. */
export async function profilePages(): Promise<ProfilePages> {
  const registry = new SwitchedRegistry();
  const state = { accountId: '' };

  @QueryHandler(EsiaAccessQuery)
  class LiveSession implements IQueryHandler<EsiaAccessQuery> {
    execute({ sessionId }: EsiaAccessQuery): Promise<EsiaAccess | null> {
      return Promise.resolve(
        sessionId === 'live' ? { accountId: state.accountId, oid: OID, accessToken: 'token' } : null,
      );
    }
  }

  const app = await testApp({
    modules: [ProfileModule],
    mappings: profileMappings,
    providers: [LiveSession],
    override: [{ port: PersonRegistry, with: registry }],
    environment: { ESIA_URL: 'http://esia.example.ru', PUBLIC_URL: 'http://lk.example.ru' },
  });
  let visitor = new PortalVisitor(app.nest);
  return {
    app,
    registry,
    get visitor() {
      return visitor;
    },
    get accountId() {
      return state.accountId;
    },
    become: (changes) => {
      app.principals.citizen = { ...app.principals.citizen!, ...changes };
    },
    startAnew: (facts) => {
      state.accountId = randomUUID();
      visitor = new PortalVisitor(app.nest);
      app.principals.citizen = {
        accountId: state.accountId,
        sessionId: 'live',
        level: 'SIMPLIFIED',
        displayName: 'Ольга Л.',
        oid: OID,
      };
      registry.up = true;
      registry.reads = 0;
      registry.know(facts);
    },
  };
}
