import { EntityManager } from '@mikro-orm/postgresql';
import { Injectable } from '@nestjs/common';
import pg from 'pg';
import { SingleStatement } from '../../../platform/persistence/single-statement.js';
import { Sql } from '../../../platform/persistence/sql.js';
import { KeyRing } from '../../../platform/security/key-ring.js';
import { Submissions } from '../application/ports/submissions.js';
import { DraftChanged } from '../domain/draft.errors.js';
import { type Draft } from '../domain/draft.js';
import { type ServiceApplication } from '../domain/service-application.js';
import { DuplicateApplication, IdempotencyKeyReused } from '../domain/submission.errors.js';

/** On the first day of a popular service thousands send at once: one statement for the number, one for everything that is stored. */
@Injectable()
export class PostgresSubmissions extends Submissions {
  constructor(
    private readonly em: EntityManager,
    private readonly sql: Sql,
    private readonly statement: SingleStatement,
    private readonly keyRing: KeyRing,
  ) {
    super();
  }

  async nextNumber(year: number): Promise<number> {
    const [row] = await this.sql.query<{ number: number }>('select applications.next_registration_number($1) as number', [year]);
    return row!.number;
  }

  seal(duplicateKey: string): string {
    return this.keyRing.blindIndex('applications.duplicate', duplicateKey);
  }

  /** The loaded draft is forgotten, whatever comes of it: a later flush must not store it a second time. */
  async commit(application: ServiceApplication, draft: Draft): Promise<void> {
    try {
      const stored = await this.statement.store(draft, [application, ...application.pullEntries()]);
      if (!stored) throw new DraftChanged({ storedAt: draft.lastEditedAt.toISOString() });
    } catch (error) {
      throw this.refusalBehind(error);
    } finally {
      this.em.clear();
    }
  }

  private refusalBehind(error: unknown): unknown {
    if (!(error instanceof pg.DatabaseError)) return error;
    if (error.constraint === 'draft_duplicate_key') return new DuplicateApplication();
    return error.constraint === 'draft_sent_key' ? new IdempotencyKeyReused() : error;
  }
}
