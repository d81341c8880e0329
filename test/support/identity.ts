import { randomUUID } from 'node:crypto';
import {
  IdentityProvider,
  type AuthorizationAnswer,
  type ProvenIdentity,
} from '../../src/contexts/identity/application/ports/identity-provider.js';
import { OneTimeCodes } from '../../src/contexts/identity/application/ports/one-time-codes.js';
import { PasswordHasher } from '../../src/contexts/identity/application/ports/password-hasher.js';
import { SessionTokens } from '../../src/contexts/identity/application/ports/session-tokens.js';
import { AccountRepository } from '../../src/contexts/identity/domain/account.repository.js';
import { type Account } from '../../src/contexts/identity/domain/account.js';
import { SessionRepository } from '../../src/contexts/identity/domain/session.repository.js';
import { type Session } from '../../src/contexts/identity/domain/session.js';
import {
  ConsentRefused,
  IdentityProviderRefused,
  SignInStale,
} from '../../src/contexts/identity/domain/sign-in.errors.js';
import { type SignInRecord } from '../../src/contexts/identity/domain/sign-in-record.js';
import { StaffAccountRepository } from '../../src/contexts/identity/domain/staff-account.repository.js';
import { type StaffAccount } from '../../src/contexts/identity/domain/staff-account.js';
import { type StaffSession } from '../../src/contexts/identity/domain/staff-session.js';

type Person = Pick<ProvenIdentity, 'oid' | 'level' | 'displayName'>;

/** ESIA in memory: knows people, gives each sign-in a code, takes it once. */
export class FakeIdentityProvider extends IdentityProvider {
  private readonly answers = new Map<string, Person>();

  /** The answer the browser brings back after this person has allowed access. */
  allowedBy(person: Person): AuthorizationAnswer {
    const code = randomUUID();
    this.answers.set(code, person);
    return { code };
  }

  override authorizationUrl(state: string): Promise<string> {
    return Promise.resolve(`https://esia.invalid/ac?state=${state}`);
  }

  override identify({ code, error, errorDescription = '' }: AuthorizationAnswer): Promise<ProvenIdentity> {
    if (errorDescription.includes('007004')) return Promise.reject(new ConsentRefused());
    if (error !== undefined || code === undefined) return Promise.reject(new IdentityProviderRefused(''));
    const person = this.answers.get(code);
    if (!this.answers.delete(code) || !person) return Promise.reject(new SignInStale());
    const access = {
      accessToken: `token-${person.oid}`,
      accessTokenExpiresAt: new Date(Date.now() + 3600_000),
      esiaSessionId: randomUUID(),
    };
    return Promise.resolve({ ...person, access });
  }

  override signOutUrl(returnUrl: string): string {
    return `https://esia.invalid/Logout?${new URLSearchParams({ redirect_url: returnUrl }).toString()}`;
  }
}

/** Accounts, sessions and the login history of citizens in memory. */
export class FakeAccounts extends AccountRepository {
  readonly accounts: Account[] = [];
  readonly records: SignInRecord[] = [];

  constructor(private readonly sessions: FakeSessions) {
    super();
  }

  override byOid(oid: string): Promise<Account | null> {
    return Promise.resolve(this.accounts.find((account) => account.oid === oid) ?? null);
  }

  override async saveSignIn(account: Account, session: Session, record: SignInRecord): Promise<void> {
    if (!this.accounts.includes(account)) this.accounts.push(account);
    await this.sessions.save(session);
    this.records.push(record);
  }
}

export class FakeSessions extends SessionRepository {
  readonly sessions: Session[] = [];

  override byId(sessionId: string): Promise<Session | null> {
    return Promise.resolve(this.sessions.find(({ id }) => id === sessionId) ?? null);
  }

  override byTokenHash(hash: string): Promise<Session | null> {
    return Promise.resolve(this.sessions.find(({ tokenHash }) => tokenHash === hash) ?? null);
  }

  override save(session: Session): Promise<void> {
    if (!this.sessions.includes(session)) this.sessions.push(session);
    return Promise.resolve();
  }
}

export class FakeStaff extends StaffAccountRepository {
  readonly members: StaffAccount[] = [];
  readonly sessions: StaffSession[] = [];
  readonly records: SignInRecord[] = [];

  override byEmail(email: string): Promise<StaffAccount | null> {
    return Promise.resolve(this.members.find((member) => member.email === email) ?? null);
  }

  override save(staff: StaffAccount): Promise<void> {
    if (!this.members.includes(staff)) this.members.push(staff);
    return Promise.resolve();
  }

  override saveAttempt(_staff: StaffAccount | null, session: StaffSession | null, record: SignInRecord): Promise<void> {
    if (session) this.sessions.push(session);
    this.records.push(record);
    return Promise.resolve();
  }

  override sessionByTokenHash(hash: string): Promise<StaffSession | null> {
    return Promise.resolve(this.sessions.find(({ tokenHash }) => tokenHash === hash) ?? null);
  }

  override saveSession(): Promise<void> {
    return Promise.resolve();
  }
}

/** Readable stand-ins: the hash of `x` is `hash:x`. */
export class FakePasswords extends PasswordHasher {
  override hash(password: string): Promise<string> {
    return Promise.resolve(`hash:${password}`);
  }

  override matches(password: string, hash: string | null): Promise<boolean> {
    return Promise.resolve(hash === `hash:${password}`);
  }
}

/** The code `<secret>@<step>` belongs to that step. */
export class FakeCodes extends OneTimeCodes {
  override stepOf(secret: string, code: string): number | null {
    const [prefix, step] = code.split('@');
    return prefix === secret ? Number(step) : null;
  }
}

export class FakeTokens extends SessionTokens {
  private issued = 0;

  override issue(): { token: string; hash: string } {
    this.issued += 1;
    const token = `token-${this.issued}`;
    return { token, hash: this.hashOf(token) };
  }

  override hashOf(token: string): string {
    return `hash:${token}`;
  }
}
