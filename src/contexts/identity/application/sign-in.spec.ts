import { FakeAccounts, FakeIdentityProvider, FakeSessions, FakeTokens } from '../../../../test/support/identity.js';
import { type Clock } from '../../../kernel/clock.js';
import { type Ids } from '../../../kernel/ids.js';
import { SignedIn } from '../domain/account.events.js';
import { ConsentRefused } from '../domain/sign-in.errors.js';
import { SignIn, SignInHandler } from './sign-in.js';
import { SignOut, SignOutHandler } from './sign-out.js';

const MARIA = { oid: '1000000001', level: 'CONFIRMED', displayName: 'Мария Петровна Н.' } as const;
const VISITOR = { ipAddress: '192.0.2.1', userAgent: 'Browser/1' };

function portal() {
  const provider = new FakeIdentityProvider();
  const sessions = new FakeSessions();
  const accounts = new FakeAccounts(sessions);
  const clock: Clock = { now: () => new Date('2026-11-22T09:00:00Z') };
  let last = 0;
  const ids: Ids = { next: () => `id-${(last += 1)}` };
  const handler = new SignInHandler(provider, accounts, sessions, new FakeTokens(), ids, clock);
  const signIn = (replacedToken: string | null = null) =>
    handler.execute(new SignIn(provider.allowedBy(MARIA), VISITOR, replacedToken));
  return { accounts, sessions, handler, signIn, signOut: new SignOutHandler(sessions, clock) };
}

describe('sign-in', () => {
  it('registers a citizen who comes for the first time', async () => {
    const { accounts, sessions, signIn } = portal();
    const token = await signIn();
    expect(accounts.accounts).toHaveLength(1);
    expect(sessions.sessions[0]?.tokenHash).toBe(`hash:${token}`);
    const [account] = accounts.accounts;
    expect(account?.pullEvents()).toEqual([new SignedIn(account!.id, sessions.sessions[0]!.id, true)]);
  });

  it('finds the same account the next time', async () => {
    const { accounts, sessions, signIn } = portal();
    await signIn();
    accounts.accounts[0]?.pullEvents();
    await signIn();
    expect(accounts.accounts).toHaveLength(1);
    expect(accounts.accounts[0]?.pullEvents()).toEqual([
      expect.objectContaining({ sessionId: sessions.sessions[1]?.id, firstTime: false }),
    ]);
  });

  it('ends only the session this browser had', async () => {
    const { sessions, signIn } = portal();
    const here = await signIn();
    await signIn();
    await signIn(here);
    expect(sessions.sessions.map(({ ended }) => ended)).toEqual([true, false, false]);
  });

  it('writes the login history', async () => {
    const { accounts, signIn } = portal();
    await signIn();
    expect(accounts.records).toEqual([
      expect.objectContaining({ accepted: true, ipAddress: '192.0.2.1', userAgent: 'Browser/1' }),
    ]);
  });

  it('leaves nothing behind when ESIA refuses', async () => {
    const { accounts, sessions, handler } = portal();
    const refusal = { error: 'access_denied', errorDescription: 'ESIA-007004: отказ' };
    await expect(handler.execute(new SignIn(refusal, VISITOR, null))).rejects.toBeInstanceOf(ConsentRefused);
    expect([accounts.accounts, accounts.records, sessions.sessions]).toEqual([[], [], []]);
  });
});

describe('sign-out', () => {
  it('ends the session', async () => {
    const { sessions, signIn, signOut } = portal();
    await signIn();
    await signOut.execute(new SignOut(sessions.sessions[0]!.id));
    expect(sessions.sessions[0]?.ended).toBe(true);
  });

  it('leaves an unknown session alone', async () => {
    const { sessions, signIn, signOut } = portal();
    await signIn();
    await signOut.execute(new SignOut('unknown'));
    expect(sessions.sessions[0]?.ended).toBe(false);
  });
});
