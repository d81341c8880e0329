import { Command, CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { Clock } from '../../../kernel/clock.js';
import { Ids } from '../../../kernel/ids.js';
import { CaseAct } from '../domain/case-act.js';
import { ServiceApplicationRepository } from '../domain/service-application.repository.js';

/** A clerk looks into a case: recorded before anything of it is shown. Throws ApplicationNotFound for a case of another authority. */
export class NoteCaseAccess extends Command<void> {
  constructor(
    readonly applicationId: string,
    readonly authorityCode: string,
    readonly staffId: string,
    readonly act: 'VIEWED' | 'FILE_READ',
  ) {
    super();
  }
}

@CommandHandler(NoteCaseAccess)
export class NoteCaseAccessHandler implements ICommandHandler<NoteCaseAccess> {
  constructor(
    private readonly applications: ServiceApplicationRepository,
    private readonly clock: Clock,
    private readonly ids: Ids,
  ) {}

  async execute({ applicationId, authorityCode, staffId, act }: NoteCaseAccess): Promise<void> {
    const application = await this.applications.ofAuthority(applicationId, authorityCode);
    await this.applications.save(
      application,
      new CaseAct(this.ids.next(), application.id, staffId, act, this.clock.now()),
    );
  }
}
