import { Command, CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { Clock } from '../../../kernel/clock.js';
import { SessionRepository } from '../domain/session.repository.js';

/** Ends the session; one that is unknown or has ended is left as it is. */
export class SignOut extends Command<void> {
  constructor(readonly sessionId: string) {
    super();
  }
}

@CommandHandler(SignOut)
export class SignOutHandler implements ICommandHandler<SignOut> {
  constructor(
    private readonly sessions: SessionRepository,
    private readonly clock: Clock,
  ) {}

  async execute({ sessionId }: SignOut): Promise<void> {
    const session = await this.sessions.byId(sessionId);
    if (!session) return;
    session.end(this.clock.now());
    await this.sessions.save(session);
  }
}
