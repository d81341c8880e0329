import { EntityManager, OptimisticLockError } from '@mikro-orm/postgresql';
import { Injectable } from '@nestjs/common';
import { DraftChanged, DraftNotFound } from '../domain/draft.errors.js';
import { DraftRepository } from '../domain/draft.repository.js';
import { Draft } from '../domain/draft.js';

const UUID = /^[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}$/i;

@Injectable()
export class MikroOrmDraftRepository extends DraftRepository {
  constructor(private readonly em: EntityManager) {
    super();
  }

  async get(id: string, applicantId: string): Promise<Draft> {
    const draft = UUID.test(id) ? await this.em.findOne(Draft, { id, applicantId }) : null;
    if (!draft) throw new DraftNotFound();
    return draft;
  }

  ofApplication(applicationId: string): Promise<Draft | null> {
    return this.em.findOne(Draft, { applicationId } as object);
  }

  async count(applicantId: string, serviceCode: string): Promise<{ readonly all: number; readonly ofService: number }> {
    const rows: { all: number; of_service: number }[] = await this.em.execute(
      `select count(*)::int as all, (count(*) filter (where service_code = ?))::int as of_service
       from applications.draft where applicant_id = ? and application_id is null`,
      [serviceCode, applicantId],
    );
    return { all: rows[0]!.all, ofService: rows[0]!.of_service };
  }

  async save(draft: Draft): Promise<void> {
    try {
      await this.em.persist(draft).flush();
    } catch (error) {
      if (error instanceof OptimisticLockError) throw new DraftChanged({ storedAt: draft.lastEditedAt.toISOString() });
      throw error;
    }
  }

  async remove(draft: Draft): Promise<void> {
    await this.em.remove(draft).flush();
  }
}
