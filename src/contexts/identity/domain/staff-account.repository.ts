import { type SignInRecord } from './sign-in-record.js';
import { type StaffAccount } from './staff-account.js';
import { type StaffSession } from './staff-session.js';

export abstract class StaffAccountRepository {
  /** `email` in lower case. */
  abstract byEmail(email: string): Promise<StaffAccount | null>;
  abstract save(staff: StaffAccount): Promise<void>;
  /** What an attempt changed, in one transaction. `staff` is null for an unknown e-mail, `session` for a refusal. */
  abstract saveAttempt(staff: StaffAccount | null, session: StaffSession | null, record: SignInRecord): Promise<void>;
  abstract sessionByTokenHash(tokenHash: string): Promise<StaffSession | null>;
  abstract saveSession(session: StaffSession): Promise<void>;
}
