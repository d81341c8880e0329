import { Command, CommandBus, CommandHandler, type ICommandHandler, QueryBus } from '@nestjs/cqrs';
import { Clock } from '../../../kernel/clock.js';
import { Ids } from '../../../kernel/ids.js';
import { CaseAct } from '../domain/case-act.js';
import { DecisionWithoutFile } from '../domain/service-application.errors.js';
import { ServiceApplicationRepository } from '../domain/service-application.repository.js';
import { holdPaper, type UploadedPaper } from './hold-attachments.js';
import { type OpenCase } from './open-case.js';

/** The authority's answer; a final status never changes afterwards. */
export class DecideApplication extends Command<void> {
  constructor(
    readonly on: OpenCase,
    readonly decision: {
      readonly outcome: 'EXECUTED' | 'REFUSED';
      /** For the citizen, 1–4000 characters. */
      readonly reason: string;
      /** Norm a refusal rests on; not used otherwise. */
      readonly legalGround: string;
      /** The decision as a document, stored by the clerk before; without its file there is no decision. */
      readonly paper: UploadedPaper;
    },
  ) {
    super();
  }
}

@CommandHandler(DecideApplication)
export class DecideApplicationHandler implements ICommandHandler<DecideApplication> {
  constructor(
    private readonly applications: ServiceApplicationRepository,
    private readonly queries: QueryBus,
    private readonly commands: CommandBus,
    private readonly clock: Clock,
    private readonly ids: Ids,
  ) {}

  async execute({ on, decision }: DecideApplication): Promise<void> {
    const { outcome, reason, legalGround } = decision;
    const application = await this.applications.ofAuthority(on.applicationId, on.authorityCode);
    application.expectSeen(on.seenLines);
    const paper = await holdPaper(this.queries, this.commands, on, decision.paper);
    if (!paper) throw new DecisionWithoutFile();
    const now = this.clock.now();
    if (outcome === 'EXECUTED') application.execute(on.clerk, { reason, ...paper }, now);
    else application.refuse(on.clerk, { reason, legalGround, ...paper }, now);
    await this.applications.save(
      application,
      new CaseAct(this.ids.next(), application.id, on.clerk.staffId, outcome, now),
    );
  }
}
