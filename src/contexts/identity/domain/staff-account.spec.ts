import { StaffAccount, type StaffDetails } from './staff-account.js';
import { InvalidStaffAccount } from './staff-account.errors.js';

const NOW = new Date('2026-11-22T09:00:00Z');
const minutesLater = (minutes: number) => new Date(NOW.getTime() + minutes * 60_000);
const details = (changes: Partial<StaffDetails> = {}): StaffDetails => ({
  email: ' Clerk@Edu.Example.ru ',
  name: 'Петрова Анна Сергеевна',
  role: 'CLERK',
  authority: { code: 'COMMITTEE_EDUCATION', name: 'Комитет по образованию' },
  ...changes,
});
const clerk = () => StaffAccount.register('m1', details(), 'hash', 'secret');
const right = (codeStep: number) => ({ passwordMatches: true, codeStep });
const WRONG_PASSWORD = { passwordMatches: false, codeStep: 100 };

describe('staff account', () => {
  it('is known by its e-mail in lower case', () => {
    expect(clerk().email).toBe('clerk@edu.example.ru');
  });

  it.each([
    { role: 'CLERK', authority: null },
    { role: 'ADMIN', authority: { code: 'X', name: 'Y' } },
  ] as const)('refuses $role with authority $authority', (changes) => {
    expect(() => StaffAccount.register('m1', details(changes), 'hash', 'secret')).toThrow(InvalidStaffAccount);
  });

  it('lets in with the password and a fresh code', () => {
    expect(clerk().admit(right(100), NOW)).toBe(true);
  });

  it('needs both', () => {
    expect(clerk().admit(WRONG_PASSWORD, NOW)).toBe(false);
    expect(clerk().admit({ passwordMatches: true, codeStep: null }, NOW)).toBe(false);
  });

  it('takes no code twice and none that is older', () => {
    const member = clerk();
    member.admit(right(100), NOW);
    expect(member.admit(right(100), NOW)).toBe(false);
    expect(member.admit(right(99), NOW)).toBe(false);
    expect(member.admit(right(101), NOW)).toBe(true);
  });

  it('does not use up the code of a refused attempt', () => {
    const member = clerk();
    member.admit(WRONG_PASSWORD, NOW);
    expect(member.admit(right(100), NOW)).toBe(true);
  });

  it('closes for a quarter of an hour after five refusals in a row, even to the right answers', () => {
    const member = clerk();
    for (let attempt = 0; attempt < 5; attempt += 1) member.admit(WRONG_PASSWORD, NOW);
    expect(member.admit(right(100), minutesLater(14))).toBe(false);
    expect(member.admit(right(130), minutesLater(15))).toBe(true);
  });

  it('counts only refusals in a row', () => {
    const member = clerk();
    for (let attempt = 0; attempt < 4; attempt += 1) member.admit(WRONG_PASSWORD, NOW);
    member.admit(right(100), NOW);
    for (let attempt = 0; attempt < 4; attempt += 1) member.admit(WRONG_PASSWORD, NOW);
    expect(member.admit(right(101), NOW)).toBe(true);
  });

  it('is not kept closed longer by attempts while it is closed', () => {
    const member = clerk();
    for (let attempt = 0; attempt < 5; attempt += 1) member.admit(WRONG_PASSWORD, NOW);
    for (let attempt = 0; attempt < 5; attempt += 1) member.admit(WRONG_PASSWORD, minutesLater(10));
    expect(member.admit(right(130), minutesLater(15))).toBe(true);
  });
});
