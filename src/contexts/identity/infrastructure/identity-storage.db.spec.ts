import { testApp, type TestApp } from '../../../../test/support/test-app.js';
import { Account } from '../domain/account.js';
import { SignInCollision } from '../domain/sign-in.errors.js';
import { SignInRecord } from '../domain/sign-in-record.js';
import { StaffAccount } from '../domain/staff-account.js';
import { StaffSession } from '../domain/staff-session.js';
import { identityMappings } from '../identity.module.js';
import { SignInRecordMapping } from './identity.mapping.js';
import { MikroOrmAccountRepository } from './mikro-orm-account.repository.js';
import { MikroOrmSessionRepository } from './mikro-orm-session.repository.js';
import { MikroOrmStaffAccountRepository } from './mikro-orm-staff-account.repository.js';

const NOW = new Date('2026-11-22T09:00:00.123Z');
const VISITOR = { ipAddress: '192.0.2.1', userAgent: 'Browser/1' };
const uuid = (last: number) => `01900000-0000-7000-8000-${String(last).padStart(12, '0')}`;
const facts = { level: 'CONFIRMED', displayName: 'Мария Петровна Н.' } as const;
const access = { accessToken: 'secret', accessTokenExpiresAt: new Date('2026-11-22T10:00:00Z'), esiaSessionId: 'sid' };

let app: TestApp;
beforeAll(async () => {
  app = await testApp({ modules: [], mappings: identityMappings });
});
afterAll(() => app.close());

/** Account, session and history of one first sign-in; ids count up from `first`. */
function firstSignIn(first: number, oid: string) {
  const account = Account.register(uuid(first), oid, facts, NOW);
  const session = account.signIn(
    facts,
    { sessionId: uuid(first + 1), tokenHash: `hash-${first}`, access, firstTime: true },
    NOW,
  );
  return { account, session, record: SignInRecord.ofCitizen(uuid(first + 2), account.id, VISITOR, NOW) };
}

describe('identity storage', () => {
  it('gives back an account, its session and the history as they were saved', async () => {
    const { account, session, record } = firstSignIn(1, '1000000001');
    await app.inUnitOfWork((em) => new MikroOrmAccountRepository(em).saveSignIn(account, session, record));
    await app.inUnitOfWork(async (em) => {
      expect(await new MikroOrmAccountRepository(em).byOid('1000000001')).toEqual(account);
      expect(await new MikroOrmSessionRepository(em).byTokenHash('hash-1')).toEqual(session);
      expect(await em.findOneOrFail(SignInRecordMapping, { id: record.id })).toEqual(record);
    });
  });

  it('tells of two first sign-ins of one person that meet', async () => {
    const [one, other] = [firstSignIn(11, '1000000002'), firstSignIn(21, '1000000002')];
    await app.inUnitOfWork((em) => new MikroOrmAccountRepository(em).saveSignIn(one.account, one.session, one.record));
    const second = app.inUnitOfWork((em) =>
      new MikroOrmAccountRepository(em).saveSignIn(other.account, other.session, other.record),
    );
    await expect(second).rejects.toBeInstanceOf(SignInCollision);
  });

  it('keeps the end of a session', async () => {
    const { account, session, record } = firstSignIn(31, '1000000003');
    await app.inUnitOfWork((em) => new MikroOrmAccountRepository(em).saveSignIn(account, session, record));
    await app.inUnitOfWork(async (em) => {
      const sessions = new MikroOrmSessionRepository(em);
      const found = await sessions.byId(session.id);
      found?.end(NOW);
      await sessions.save(found!);
    });
    const row = await app.sql.one('select ended_at, access_token from identity.session where id = $1', [session.id]);
    expect(row).toEqual({ ended_at: NOW, access_token: null });
  });

  it('gives back a member of staff with the attempts counted', async () => {
    const details = {
      email: 'admin@example.ru',
      name: 'Смотрителев Денис Олегович',
      role: 'ADMIN',
      authority: null,
    } as const;
    const member = StaffAccount.register(uuid(41), details, 'hash', 'SECRET');
    member.admit({ passwordMatches: false, codeStep: null }, NOW);
    const session = StaffSession.open(uuid(42), member.id, 'staff-hash', NOW);
    const record = SignInRecord.ofStaff(uuid(43), member.id, false, VISITOR, NOW);
    await app.inUnitOfWork((em) => new MikroOrmStaffAccountRepository(em).saveAttempt(member, session, record));
    await app.inUnitOfWork(async (em) => {
      const staff = new MikroOrmStaffAccountRepository(em);
      expect(await staff.byEmail('admin@example.ru')).toEqual(member);
      expect(await staff.sessionByTokenHash('staff-hash')).toEqual(session);
      expect(await em.findOneOrFail(SignInRecordMapping, { id: record.id })).toEqual(record);
    });
  });
});
