import { EntityManager, OptimisticLockError } from '@mikro-orm/postgresql';
import { Injectable } from '@nestjs/common';
import { DraftChanged, DraftNotFound } from '../domain/draft.errors.js';
import { DraftRepository } from '../domain/draft.repository.js';
import { Draft } from '../domain/draft.js';
import { isUuid } from './uuid.js';

@Injectable()
export class MikroOrmDraftRepository extends DraftRepository {
  constructor(private readonly em: EntityManager) {
    super();
  }

  async get(id: string, applicantId: string): Promise<Draft> {
    const draft = isUuid(id) ? await this.em.findOne(Draft, { id, applicantId }) : null;
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
      if (error instanceof OptimisticLockError) throw await overtaken(this.em, draft.id);
      throw error;
    }
  }

  async remove(draft: Draft): Promise<void> {
    await this.em.remove(draft).flush();
  }
}

/** The refusal with the time at which the faster save was stored; what this unit of work had loaded is forgotten. */
export async function overtaken(em: EntityManager, draftId: string): Promise<DraftChanged> {
  em.clear();
  const rows: { at: string }[] = await em.execute(
    `select to_char(updated_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') as at from applications.draft where id = ?`,
    [draftId],
  );
  return new DraftChanged(rows[0] ? { storedAt: rows[0].at } : {});
}
