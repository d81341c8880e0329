import { Command, CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { Clock } from '../../../kernel/clock.js';
import { StaffAccountRepository } from '../domain/staff-account.repository.js';
import { SessionTokens } from './ports/session-tokens.js';

/** Ends the session this secret opens; an unknown one is left alone. */
export class SignOutStaff extends Command<void> {
  constructor(readonly token: string) {
    super();
  }
}

@CommandHandler(SignOutStaff)
export class SignOutStaffHandler implements ICommandHandler<SignOutStaff> {
  constructor(
    private readonly staff: StaffAccountRepository,
    private readonly tokens: SessionTokens,
    private readonly clock: Clock,
  ) {}

  async execute({ token }: SignOutStaff): Promise<void> {
    const session = await this.staff.sessionByTokenHash(this.tokens.hashOf(token));
    if (!session) return;
    session.end(this.clock.now());
    await this.staff.saveSession(session);
  }
}
