import { Command, CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { Clock } from '../../../kernel/clock.js';
import { Ids } from '../../../kernel/ids.js';
import { CaseAct } from '../domain/case-act.js';
import { ServiceApplicationRepository } from '../domain/service-application.repository.js';
import { type OpenCase } from './open-case.js';

/** The authority asks the citizen for something more. */
export class RequestInfo extends Command<void> {
  constructor(
    readonly on: OpenCase,
    /** What is missing, 1–4000 characters. */
    readonly question: string,
    /** Last day to answer, `YYYY-MM-DD` in Moscow, after today. */
    readonly respondBy: string,
  ) {
    super();
  }
}

@CommandHandler(RequestInfo)
export class RequestInfoHandler implements ICommandHandler<RequestInfo> {
  constructor(
    private readonly applications: ServiceApplicationRepository,
    private readonly clock: Clock,
    private readonly ids: Ids,
  ) {}

  async execute({ on, question, respondBy }: RequestInfo): Promise<void> {
    const application = await this.applications.ofAuthority(on.applicationId, on.authorityCode);
    application.expectSeen(on.seenLines);
    const now = this.clock.now();
    application.requestInfo(on.clerk, question, respondBy, now);
    await this.applications.save(
      application,
      new CaseAct(this.ids.next(), application.id, on.clerk.staffId, 'INFO_REQUESTED', now),
    );
  }
}
