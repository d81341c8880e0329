import { Command, CommandBus, CommandHandler, type ICommandHandler, QueryBus } from '@nestjs/cqrs';
import { Clock } from '../../../kernel/clock.js';
import { Ids } from '../../../kernel/ids.js';
import { CaseAct } from '../domain/case-act.js';
import { ServiceApplicationRepository } from '../domain/service-application.repository.js';
import { holdPaper, type UploadedPaper } from './hold-attachments.js';
import { type OpenCase } from './open-case.js';

/** The authority tells how far it is, with a notice if there is one; may be repeated. Throws AttachmentMissing, UnfitSignature. */
export class ReportProgress extends Command<void> {
  constructor(
    readonly on: OpenCase,
    /** For the citizen, 1–4000 characters. */
    readonly comment: string,
    /** The notice, stored by the clerk before. */
    readonly notice: UploadedPaper,
  ) {
    super();
  }
}

@CommandHandler(ReportProgress)
export class ReportProgressHandler implements ICommandHandler<ReportProgress> {
  constructor(
    private readonly applications: ServiceApplicationRepository,
    private readonly queries: QueryBus,
    private readonly commands: CommandBus,
    private readonly clock: Clock,
    private readonly ids: Ids,
  ) {}

  async execute({ on, comment, notice }: ReportProgress): Promise<void> {
    const application = await this.applications.ofAuthority(on.applicationId, on.authorityCode);
    application.expectSeen(on.seenLines);
    const paper = await holdPaper(this.queries, this.commands, on, notice);
    const now = this.clock.now();
    application.report(on.clerk, comment, paper, now);
    await this.applications.save(
      application,
      new CaseAct(this.ids.next(), application.id, on.clerk.staffId, 'COMMENTED', now),
    );
  }
}
