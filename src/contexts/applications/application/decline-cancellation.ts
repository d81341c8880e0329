import { Command, CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { Clock } from '../../../kernel/clock.js';
import { Ids } from '../../../kernel/ids.js';
import { CaseAct } from '../domain/case-act.js';
import { ServiceApplicationRepository } from '../domain/service-application.repository.js';
import { type OpenCase } from './open-case.js';

/** The authority goes on with the case although the citizen asked to cancel it. */
export class DeclineCancellation extends Command<void> {
  constructor(
    readonly on: OpenCase,
    /** Why, for the citizen, 1–4000 characters. */
    readonly reason: string,
  ) {
    super();
  }
}

@CommandHandler(DeclineCancellation)
export class DeclineCancellationHandler implements ICommandHandler<DeclineCancellation> {
  constructor(
    private readonly applications: ServiceApplicationRepository,
    private readonly clock: Clock,
    private readonly ids: Ids,
  ) {}

  async execute({ on, reason }: DeclineCancellation): Promise<void> {
    const application = await this.applications.ofAuthority(on.applicationId, on.authorityCode);
    application.expectSeen(on.seenLines);
    const now = this.clock.now();
    application.declineCancellation(on.clerk, reason, now);
    await this.applications.save(
      application,
      new CaseAct(this.ids.next(), application.id, on.clerk.staffId, 'CANCELLATION_DECLINED', now),
    );
  }
}
