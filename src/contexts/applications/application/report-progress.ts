import { Command, CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { Clock } from '../../../kernel/clock.js';
import { Ids } from '../../../kernel/ids.js';
import { CaseAct } from '../domain/case-act.js';
import { ServiceApplicationRepository } from '../domain/service-application.repository.js';
import { type OpenCase } from './open-case.js';

/** The authority tells how far it is; may be repeated. */
export class ReportProgress extends Command<void> {
  constructor(
    readonly on: OpenCase,
    /** For the citizen, 1–4000 characters. */
    readonly comment: string,
  ) {
    super();
  }
}

@CommandHandler(ReportProgress)
export class ReportProgressHandler implements ICommandHandler<ReportProgress> {
  constructor(
    private readonly applications: ServiceApplicationRepository,
    private readonly clock: Clock,
    private readonly ids: Ids,
  ) {}

  async execute({ on, comment }: ReportProgress): Promise<void> {
    const application = await this.applications.ofAuthority(on.applicationId, on.authorityCode);
    application.expectSeen(on.seenLines);
    const now = this.clock.now();
    application.report(on.clerk, comment, now);
    await this.applications.save(
      application,
      new CaseAct(this.ids.next(), application.id, on.clerk.staffId, 'COMMENTED', now),
    );
  }
}
