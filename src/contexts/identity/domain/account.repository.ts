import { type Account } from './account.js';
import { type Session } from './session.js';
import { type SignInRecord } from './sign-in-record.js';

export abstract class AccountRepository {
  abstract byOid(oid: string): Promise<Account | null>;
  /**
   * The account, its new session and the line of the login history are one transaction. Throws SignInCollision when two first
   * sign-ins of one person meet: one of them is to be repeated.
   */
  abstract saveSignIn(account: Account, session: Session, record: SignInRecord): Promise<void>;
}
