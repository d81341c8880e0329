import { Command, CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { Ids } from '../../../kernel/ids.js';
import { StaffAccount, type StaffDetails } from '../domain/staff-account.js';
import { StaffAlreadyRegistered } from '../domain/staff-account.errors.js';
import { StaffAccountRepository } from '../domain/staff-account.repository.js';
import { PasswordHasher } from './ports/password-hasher.js';

/** Gives a member of staff access. Throws StaffAlreadyRegistered for a known e-mail, InvalidStaffAccount. */
export class RegisterStaff extends Command<void> {
  constructor(
    readonly details: StaffDetails,
    readonly password: string,
    /** Secret of the authenticator app, base32, at least 16 bytes. */
    readonly codeSecret: string,
  ) {
    super();
  }
}

@CommandHandler(RegisterStaff)
export class RegisterStaffHandler implements ICommandHandler<RegisterStaff> {
  constructor(
    private readonly staff: StaffAccountRepository,
    private readonly passwords: PasswordHasher,
    private readonly ids: Ids,
  ) {}

  async execute({ details, password, codeSecret }: RegisterStaff): Promise<void> {
    if (await this.staff.byEmail(StaffAccount.normaliseEmail(details.email))) throw new StaffAlreadyRegistered();
    const passwordHash = await this.passwords.hash(password);
    await this.staff.save(StaffAccount.register(this.ids.next(), details, passwordHash, codeSecret));
  }
}
