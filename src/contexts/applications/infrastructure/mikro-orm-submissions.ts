import { EntityManager, OptimisticLockError, UniqueConstraintViolationException } from '@mikro-orm/postgresql';
import { Injectable } from '@nestjs/common';
import { KeyRing } from '../../../platform/security/key-ring.js';
import { Submissions } from '../application/ports/submissions.js';
import { type Draft } from '../domain/draft.js';
import { ServiceApplicationRepository } from '../domain/service-application.repository.js';
import { type ServiceApplication } from '../domain/service-application.js';
import { DuplicateApplication, IdempotencyKeyReused } from '../domain/submission.errors.js';
import { overtaken } from './mikro-orm-draft.repository.js';

@Injectable()
export class MikroOrmSubmissions extends Submissions {
  constructor(
    private readonly em: EntityManager,
    private readonly applications: ServiceApplicationRepository,
    private readonly keyRing: KeyRing,
  ) {
    super();
  }

  async nextNumber(year: number): Promise<number> {
    const rows: { number: string }[] = await this.em.execute('select applications.next_registration_number(?) as number', [year]);
    return Number(rows[0]!.number);
  }

  seal(duplicateKey: string): string {
    return this.keyRing.blindIndex('applications.duplicate', duplicateKey);
  }

  /** The repository's flush takes the closed draft along. */
  async commit(application: ServiceApplication, draft: Draft): Promise<void> {
    try {
      await this.applications.save(application);
    } catch (error) {
      if (error instanceof OptimisticLockError) throw await overtaken(this.em, draft.id);
      this.em.clear();
      if (error instanceof UniqueConstraintViolationException) throw this.refusalBehind(error);
      throw error;
    }
  }

  private refusalBehind(error: UniqueConstraintViolationException): Error {
    if (error.message.includes('draft_duplicate_key')) return new DuplicateApplication();
    return error.message.includes('draft_sent_key') ? new IdempotencyKeyReused() : error;
  }
}
