import { type CommandBus, type QueryBus } from '@nestjs/cqrs';
import { InMemoryPersonRegistry, InMemoryPersons, personFacts } from '../../../../test/support/profile.js';
import { Clock } from '../../../kernel/clock.js';
import { type EsiaAccess, SignedIn } from '../../identity/public.js';
import { AlreadyRefreshed, EsiaAccessEnded, PersonRegistryUnavailable } from '../domain/person.errors.js';
import { Person } from '../domain/person.js';
import { RefreshProfileOnSignedIn } from './refresh-profile-on-signed-in.js';
import { RefreshProfile, RefreshProfileHandler } from './refresh-profile.js';

const NOW = new Date('2026-11-22T09:00:00.000Z');
const EARLIER = new Date('2026-11-21T09:00:00.000Z');
const ACCESS: EsiaAccess = { accountId: 'account-1', oid: '1000000003', accessToken: 'token' };

class StoppedClock extends Clock {
  now(): Date {
    return NOW;
  }
}

/** `access` is what identity answers about session-1; other sessions have ended. */
function portal(access: EsiaAccess | null = ACCESS) {
  const registry = new InMemoryPersonRegistry();
  registry.know(ACCESS.oid, ACCESS.accessToken, personFacts());
  const persons = new InMemoryPersons();
  const identity = {
    execute: ({ sessionId }: { sessionId: string }) => Promise.resolve(sessionId === 'session-1' ? access : null),
  };
  const handler = new RefreshProfileHandler(identity as unknown as QueryBus, registry, persons, new StoppedClock());
  const commands = { execute: (command: RefreshProfile) => handler.execute(command) } as unknown as CommandBus;
  return { registry, persons, handler, reaction: new RefreshProfileOnSignedIn(commands) };
}

const refresh = new RefreshProfile('account-1', 'session-1');

describe('refreshing the profile', () => {
  it('mirrors a person who was never read before', async () => {
    const { handler, persons } = portal();
    await handler.execute(refresh);
    expect(persons.stored.get('account-1')).toMatchObject({ facts: personFacts(), refreshedAt: NOW });
  });

  it('replaces the last reading', async () => {
    const { handler, persons } = portal();
    persons.stored.set('account-1', Person.mirror('account-1', personFacts({ lastName: 'Весенняя' }), EARLIER));
    await handler.execute(refresh);
    expect(persons.stored.get('account-1')).toMatchObject({ facts: { lastName: 'Летняя' }, refreshedAt: NOW });
  });

  it('keeps the last reading when ESIA is down', async () => {
    const { handler, persons, registry } = portal();
    persons.stored.set('account-1', Person.mirror('account-1', personFacts(), EARLIER));
    registry.breakDown();
    await expect(handler.execute(refresh)).rejects.toBeInstanceOf(PersonRegistryUnavailable);
    expect(persons.stored.get('account-1')).toMatchObject({ refreshedAt: EARLIER });
  });

  it('asks for a new sign-in when the session has ended', async () => {
    await expect(portal(null).handler.execute(refresh)).rejects.toBeInstanceOf(EsiaAccessEnded);
  });

  it('never mirrors the person of one account into another', async () => {
    const { handler, persons } = portal({ ...ACCESS, accountId: 'account-2' });
    await expect(handler.execute(refresh)).rejects.toBeInstanceOf(EsiaAccessEnded);
    expect(persons.stored.size).toBe(0);
  });
});

describe('after a sign-in', () => {
  const signedIn = new SignedIn('account-1', 'session-1', true);

  it('the profile is read', async () => {
    const { reaction, persons } = portal();
    await reaction.handle(signedIn);
    expect(persons.stored.has('account-1')).toBe(true);
  });

  it('nothing is read when the session has ended by then', async () => {
    const { reaction, persons } = portal();
    await reaction.handle(new SignedIn('account-1', 'session-2', false));
    expect(persons.stored.size).toBe(0);
  });

  it('the reading is tried again when ESIA is down or another reading was faster', async () => {
    const down = portal();
    down.registry.breakDown();
    await expect(down.reaction.handle(signedIn)).rejects.toBeInstanceOf(PersonRegistryUnavailable);
    const overtaken = portal();
    overtaken.persons.beOvertaken();
    await expect(overtaken.reaction.handle(signedIn)).rejects.toBeInstanceOf(AlreadyRefreshed);
  });
});
