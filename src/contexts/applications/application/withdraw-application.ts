import { Command, CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { Clock } from '../../../kernel/clock.js';
import { ServiceApplicationRepository } from '../domain/service-application.repository.js';

/** The citizen takes the application back: at once while it was not sent, else the authority has to agree. */
export class WithdrawApplication extends Command<void> {
  constructor(
    readonly applicationId: string,
    readonly applicantId: string,
    /** Lines of history that the page showed. */
    readonly seenLines: number,
  ) {
    super();
  }
}

@CommandHandler(WithdrawApplication)
export class WithdrawApplicationHandler implements ICommandHandler<WithdrawApplication> {
  constructor(
    private readonly applications: ServiceApplicationRepository,
    private readonly clock: Clock,
  ) {}

  async execute({ applicationId, applicantId, seenLines }: WithdrawApplication): Promise<void> {
    const application = await this.applications.ofApplicant(applicationId, applicantId);
    application.expectSeen(seenLines);
    application.withdraw(this.clock.now());
    await this.applications.save(application);
  }
}
