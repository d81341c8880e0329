import { Command, CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { Clock } from '../../../kernel/clock.js';
import { Ids } from '../../../kernel/ids.js';
import { CaseAct } from '../domain/case-act.js';
import { ServiceApplicationRepository } from '../domain/service-application.repository.js';
import { type OpenCase } from './open-case.js';

/** The authority agrees that the citizen takes the application back. */
export class ConfirmCancellation extends Command<void> {
  constructor(readonly on: OpenCase) {
    super();
  }
}

@CommandHandler(ConfirmCancellation)
export class ConfirmCancellationHandler implements ICommandHandler<ConfirmCancellation> {
  constructor(
    private readonly applications: ServiceApplicationRepository,
    private readonly clock: Clock,
    private readonly ids: Ids,
  ) {}

  async execute({ on }: ConfirmCancellation): Promise<void> {
    const application = await this.applications.ofAuthority(on.applicationId, on.authorityCode);
    application.expectSeen(on.seenLines);
    const now = this.clock.now();
    application.confirmCancellation(on.clerk, now);
    await this.applications.save(
      application,
      new CaseAct(this.ids.next(), application.id, on.clerk.staffId, 'CANCELLATION_CONFIRMED', now),
    );
  }
}
