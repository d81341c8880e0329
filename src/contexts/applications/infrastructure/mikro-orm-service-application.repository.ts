import { EntityManager, OptimisticLockError, UniqueConstraintViolationException } from '@mikro-orm/postgresql';
import { Injectable } from '@nestjs/common';
import { type CaseAct } from '../domain/case-act.js';
import { ApplicationChanged, ApplicationNotFound } from '../domain/service-application.errors.js';
import { ServiceApplicationRepository } from '../domain/service-application.repository.js';
import { ServiceApplication } from '../domain/service-application.js';

@Injectable()
export class MikroOrmServiceApplicationRepository extends ServiceApplicationRepository {
  constructor(private readonly em: EntityManager) {
    super();
  }

  find(id: string): Promise<ServiceApplication | null> {
    return this.em.findOne(ServiceApplication, { id });
  }

  async ofApplicant(id: string, applicantId: string): Promise<ServiceApplication> {
    return this.found(await this.em.findOne(ServiceApplication, { id, applicantId }));
  }

  async ofAuthority(id: string, authorityCode: string): Promise<ServiceApplication> {
    const application = await this.em.findOne(ServiceApplication, { id, authorityCode });
    return this.found(application?.isSent ? application : null);
  }

  async save(application: ServiceApplication, act?: CaseAct): Promise<void> {
    this.em.persist([application, ...application.pullEntries(), ...(act ? [act] : [])]);
    try {
      await this.em.flush();
    } catch (error) {
      if (this.wasOvertaken(error)) throw new ApplicationChanged();
      throw error;
    }
  }

  private found(application: ServiceApplication | null): ServiceApplication {
    if (!application) throw new ApplicationNotFound();
    return application;
  }

  /** The line of history of the faster process has the number of ours; inserts come before the versioned update. */
  private wasOvertaken(error: unknown): boolean {
    if (error instanceof OptimisticLockError) return error.getEntity() instanceof ServiceApplication;
    return error instanceof UniqueConstraintViolationException && error.message.includes('status_entry_pkey');
  }
}
