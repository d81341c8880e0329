import { Command, CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { Clock } from '../../../kernel/clock.js';
import { Ids } from '../../../kernel/ids.js';
import { SignInRecord, type Visitor } from '../domain/sign-in-record.js';
import { StaffAccount, type StaffAccountRole } from '../domain/staff-account.js';
import { StaffSignInRefused } from '../domain/staff-account.errors.js';
import { StaffAccountRepository } from '../domain/staff-account.repository.js';
import { StaffSession } from '../domain/staff-session.js';
import { OneTimeCodes } from './ports/one-time-codes.js';
import { PasswordHasher } from './ports/password-hasher.js';
import { SessionTokens } from './ports/session-tokens.js';

/** A member of staff signs in. Answers with the secret of the new session and the role; throws StaffSignInRefused, whatever was wrong. */
export class SignInStaff extends Command<StaffEntry> {
  constructor(
    readonly credentials: { readonly email: string; readonly password: string; readonly code: string },
    readonly visitor: Visitor,
    /** Secret of the session this browser had: it ends when the new one opens. */
    readonly replacedToken: string | null,
  ) {
    super();
  }
}

export interface StaffEntry {
  /** Secret of the session, for the browser only. */
  readonly token: string;
  readonly role: StaffAccountRole;
}

@CommandHandler(SignInStaff)
export class SignInStaffHandler implements ICommandHandler<SignInStaff> {
  constructor(
    private readonly staff: StaffAccountRepository,
    private readonly passwords: PasswordHasher,
    private readonly codes: OneTimeCodes,
    private readonly tokens: SessionTokens,
    private readonly ids: Ids,
    private readonly clock: Clock,
  ) {}

  async execute({ credentials, visitor, replacedToken }: SignInStaff): Promise<StaffEntry> {
    const now = this.clock.now();
    const member = await this.staff.byEmail(StaffAccount.normaliseEmail(credentials.email));
    // An unknown e-mail costs as much time as a wrong password, so that the answer does not tell which it was.
    const passwordMatches = await this.passwords.matches(credentials.password, member?.passwordHash ?? null);
    const codeStep = member ? this.codes.stepOf(member.codeSecret, credentials.code, now) : null;
    const admitted = member?.admit({ passwordMatches, codeStep }, now) ?? false;
    const record = SignInRecord.ofStaff(this.ids.next(), member?.id ?? null, admitted, visitor, now);
    if (!member || !admitted) {
      await this.staff.saveAttempt(member, null, record);
      throw new StaffSignInRefused();
    }
    const replaced = replacedToken ? await this.staff.sessionByTokenHash(this.tokens.hashOf(replacedToken)) : null;
    replaced?.end(now);
    const { token, hash } = this.tokens.issue();
    await this.staff.saveAttempt(member, StaffSession.open(this.ids.next(), member.id, hash, now), record);
    return { token, role: member.role };
  }
}
