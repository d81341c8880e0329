import { FakeCodes, FakePasswords, FakeStaff, FakeTokens } from '../../../../test/support/identity.js';
import { type Clock } from '../../../kernel/clock.js';
import { type Ids } from '../../../kernel/ids.js';
import { StaffAlreadyRegistered, StaffSignInRefused } from '../domain/staff-account.errors.js';
import { RegisterStaff, RegisterStaffHandler } from './register-staff.js';
import { SignInStaff, SignInStaffHandler } from './sign-in-staff.js';
import { SignOutStaff, SignOutStaffHandler } from './sign-out-staff.js';

const VISITOR = { ipAddress: '192.0.2.1', userAgent: 'Browser/1' };
const DETAILS = {
  email: 'admin@example.ru',
  name: 'Смотрителев Денис Олегович',
  role: 'ADMIN',
  authority: null,
} as const;

async function office() {
  const staff = new FakeStaff();
  const clock: Clock = { now: () => new Date('2026-11-22T09:00:00Z') };
  let last = 0;
  const ids: Ids = { next: () => `id-${(last += 1)}` };
  const tokens = new FakeTokens();
  const register = new RegisterStaffHandler(staff, new FakePasswords(), ids);
  await register.execute(new RegisterStaff(DETAILS, 'password', 'secret'));
  const handler = new SignInStaffHandler(staff, new FakePasswords(), new FakeCodes(), tokens, ids, clock);
  const signIn = (changes: Partial<SignInStaff['credentials']> = {}, replacedToken: string | null = null) => {
    const credentials = { email: 'Admin@Example.ru', password: 'password', code: 'secret@7', ...changes };
    return handler.execute(new SignInStaff(credentials, VISITOR, replacedToken));
  };
  return { staff, register, signIn, signOut: new SignOutStaffHandler(staff, tokens, clock) };
}

describe('sign-in of staff', () => {
  it('opens a session', async () => {
    const { staff, signIn } = await office();
    const { token, role } = await signIn();
    expect(role).toBe('ADMIN');
    expect(staff.sessions).toEqual([
      expect.objectContaining({ tokenHash: `hash:${token}`, staffId: staff.members[0]?.id }),
    ]);
    expect(staff.records).toEqual([expect.objectContaining({ accepted: true, staffId: staff.members[0]?.id })]);
  });

  it.each([{ password: 'wrong' }, { code: 'wrong' }, { email: 'nobody@example.ru' }])(
    'refuses %j without saying why',
    async (changes) => {
      const { staff, signIn } = await office();
      const refusal = await signIn(changes).catch((error: unknown) => error);
      expect(refusal).toEqual(new StaffSignInRefused());
      expect(staff.sessions).toEqual([]);
      expect(staff.records).toEqual([expect.objectContaining({ accepted: false })]);
    },
  );

  it('takes a code once', async () => {
    const { signIn } = await office();
    await signIn();
    await expect(signIn()).rejects.toBeInstanceOf(StaffSignInRefused);
    await expect(signIn({ code: 'secret@8' })).resolves.toBeDefined();
  });

  it('ends only the session this browser had', async () => {
    const { staff, signIn } = await office();
    const { token: here } = await signIn({ code: 'secret@7' });
    await signIn({ code: 'secret@8' });
    await signIn({ code: 'secret@9' }, here);
    expect(staff.sessions.map(({ ended }) => ended)).toEqual([true, false, false]);
  });

  it('ends at sign-out', async () => {
    const { staff, signIn, signOut } = await office();
    const { token } = await signIn();
    await signOut.execute(new SignOutStaff('another'));
    expect(staff.sessions[0]?.ended).toBe(false);
    await signOut.execute(new SignOutStaff(token));
    expect(staff.sessions[0]?.ended).toBe(true);
  });
});

describe('registration of staff', () => {
  it('refuses an e-mail that is taken, however it is written', async () => {
    const { register } = await office();
    const again = new RegisterStaff({ ...DETAILS, email: 'ADMIN@example.ru' }, 'password', 'secret');
    await expect(register.execute(again)).rejects.toBeInstanceOf(StaffAlreadyRegistered);
  });
});
