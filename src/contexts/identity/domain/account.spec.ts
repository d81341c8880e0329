import { Account } from './account.js';
import { SignedIn } from './account.events.js';

const NOW = new Date('2026-11-22T09:00:00Z');
const access = { accessToken: 'secret', accessTokenExpiresAt: new Date('2026-11-22T10:00:00Z'), esiaSessionId: 'sid' };
const opening = { sessionId: 's1', tokenHash: 'h1', access, firstTime: true };
const registered = () => Account.register('a1', '1000000001', { level: 'SIMPLIFIED', displayName: 'Ольга Л.' }, NOW);

describe('account', () => {
  it('tells that its citizen signed in, without anything personal', () => {
    const account = registered();
    account.signIn({ level: 'SIMPLIFIED', displayName: 'Ольга Л.' }, opening, NOW);
    expect(account.pullEvents()).toEqual([new SignedIn('a1', 's1', true)]);
  });

  it('takes the level ESIA gives, up or down', () => {
    const account = registered();
    account.signIn({ level: 'CONFIRMED', displayName: 'Ольга Л.' }, opening, NOW);
    expect(account).toMatchObject({ level: 'CONFIRMED' });
    account.signIn({ level: 'STANDARD', displayName: 'Ольга Н.' }, opening, NOW);
    expect(account).toMatchObject({ level: 'STANDARD', displayName: 'Ольга Н.' });
  });

  it('opens a session that ends twelve hours later', () => {
    const session = registered().signIn({ level: 'SIMPLIFIED', displayName: 'Ольга Л.' }, opening, NOW);
    expect(session).toMatchObject({
      id: 's1',
      accountId: 'a1',
      tokenHash: 'h1',
      expiresAt: new Date('2026-11-22T21:00:00Z'),
    });
  });
});

describe('session', () => {
  it('forgets the token of ESIA when it ends, and ends once', () => {
    const session = registered().signIn({ level: 'SIMPLIFIED', displayName: 'Ольга Л.' }, opening, NOW);
    session.end(new Date('2026-11-22T09:30:00Z'));
    session.end(new Date('2026-11-22T09:40:00Z'));
    expect(session.ended).toBe(true);
    expect(session).toMatchObject({ accessToken: null, endedAt: new Date('2026-11-22T09:30:00Z') });
  });
});
