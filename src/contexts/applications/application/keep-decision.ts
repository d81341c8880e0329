import { Command, CommandBus, CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { Clock } from '../../../kernel/clock.js';
import { SaveElectronicDocument } from '../../documents/public.js';
import { ServiceApplicationRepository } from '../domain/service-application.repository.js';

/** «Сохранить»: keeps the decision among the electronic documents of the cabinet. Repeating it changes nothing. */
export class KeepDecision extends Command<void> {
  constructor(
    readonly applicationId: string,
    readonly applicantId: string,
  ) {
    super();
  }
}

@CommandHandler(KeepDecision)
export class KeepDecisionHandler implements ICommandHandler<KeepDecision> {
  constructor(
    private readonly applications: ServiceApplicationRepository,
    private readonly commands: CommandBus,
    private readonly clock: Clock,
  ) {}

  async execute({ applicationId, applicantId }: KeepDecision): Promise<void> {
    const application = await this.applications.ofApplicant(applicationId, applicantId);
    const { fileId, issuedAt } = application.decisionToKeep;
    await this.commands.execute(
      new SaveElectronicDocument(applicantId, {
        sourceId: fileId,
        applicationId,
        title: application.serviceTitle,
        issuer: application.authorityTitle,
        number: application.registrationNumber,
        issuedAt: issuedAt.toISOString(),
        fileId,
      }),
    );
    application.decisionKept(this.clock.now());
    await this.applications.save(application);
  }
}
