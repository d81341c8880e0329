import { InvalidStaffAccount } from './staff-account.errors.js';

export type StaffAccountRole = 'CLERK' | 'ADMIN';

/** The executive authority (ИОГВ) a clerk works for. */
export interface Authority {
  readonly code: string;
  readonly name: string;
}

export interface StaffDetails {
  readonly email: string;
  readonly name: string;
  readonly role: StaffAccountRole;
  /** A clerk has one, an administrator none. */
  readonly authority: Authority | null;
}

/** So many refusals in a row close the account for a while. */
const MAX_FAILURES = 5;
const LOCK_MS = 15 * 60_000;

/** A member of staff who signs in to the back-office by password and one-time code. */
export class StaffAccount {
  private readonly name: string;
  readonly role: StaffAccountRole;
  private readonly authorityCode: string | null;
  private readonly authorityName: string;
  private failures = 0;
  private lockedUntil: Date | null = null;
  /** Time step of the last one-time code that was accepted: it and earlier ones are never taken again. */
  private lastCodeStep = 0;

  private constructor(
    readonly id: string,
    /** Lower case. */
    readonly email: string,
    readonly passwordHash: string,
    /** Base32. */
    readonly codeSecret: string,
    { name, role, authority }: StaffDetails,
  ) {
    this.name = name;
    this.role = role;
    this.authorityCode = authority?.code ?? null;
    this.authorityName = authority?.name ?? '';
  }

  /** Throws InvalidStaffAccount for a clerk without an authority or an administrator with one. */
  static register(id: string, details: StaffDetails, passwordHash: string, codeSecret: string): StaffAccount {
    if ((details.role === 'CLERK') !== (details.authority !== null))
      throw new InvalidStaffAccount({ role: details.role });
    return new StaffAccount(id, StaffAccount.normaliseEmail(details.email), passwordHash, codeSecret, details);
  }

  static normaliseEmail(typed: string): string {
    return typed.trim().toLowerCase();
  }

  /**
   * Lets in or not, and remembers the attempt. `codeStep` is the time step the typed code belongs to, null when the code is
   * wrong. While the account is closed even right answers are refused, and the caller is not told why.
   */
  admit(proof: { passwordMatches: boolean; codeStep: number | null }, now: Date): boolean {
    if (this.lockedUntil && this.lockedUntil > now) return false;
    const { passwordMatches, codeStep } = proof;
    if (!passwordMatches || codeStep === null || codeStep <= this.lastCodeStep) {
      this.failures += 1;
      this.lockedUntil = this.failures >= MAX_FAILURES ? new Date(now.getTime() + LOCK_MS) : null;
      if (this.lockedUntil) this.failures = 0;
      return false;
    }
    this.failures = 0;
    this.lockedUntil = null;
    this.lastCodeStep = codeStep;
    return true;
  }
}
