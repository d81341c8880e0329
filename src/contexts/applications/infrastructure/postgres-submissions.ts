import { Injectable } from '@nestjs/common';
import pg from 'pg';
import { mapped } from '../../../platform/persistence/mapped.js';
import { SingleStatement } from '../../../platform/persistence/single-statement.js';
import { Sql } from '../../../platform/persistence/sql.js';
import { KeyRing } from '../../../platform/security/key-ring.js';
import { Submissions } from '../application/ports/submissions.js';
import { DraftChanged, DraftNotFound } from '../domain/draft.errors.js';
import { Draft } from '../domain/draft.js';
import { type ServiceApplication } from '../domain/service-application.js';
import { DuplicateApplication, IdempotencyKeyReused } from '../domain/submission.errors.js';
import { isUuid } from './uuid.js';

interface NumberRequest {
  readonly take: (number: number) => void;
  readonly refuse: (error: unknown) => void;
}

/**
 * On the first day of a popular service thousands send at once: a prepared statement reads the draft, one stores everything, and those who
 * ask for a number while the database is busy with others' are answered together.
 */
@Injectable()
export class PostgresSubmissions extends Submissions {
  private readonly waiting = new Map<number, NumberRequest[]>();

  constructor(
    private readonly sql: Sql,
    private readonly statement: SingleStatement,
    private readonly keyRing: KeyRing,
  ) {
    super();
  }

  async draft(id: string, applicantId: string): Promise<Draft> {
    const row = isUuid(id)
      ? await this.sql.one('select * from applications.draft where id = $1 and applicant_id = $2', [id, applicantId])
      : null;
    if (!row) throw new DraftNotFound();
    return this.statement.read(mapped(Draft), row);
  }

  /** One question at a time is on its way for a year; whoever comes meanwhile shares the next one. */
  nextNumber(year: number): Promise<number> {
    return new Promise((take, refuse) => {
      const queue = this.waiting.get(year);
      if (queue) return void queue.push({ take, refuse });
      this.waiting.set(year, [{ take, refuse }]);
      void this.serve(year);
    });
  }

  seal(duplicateKey: string): string {
    return this.keyRing.blindIndex('applications.duplicate', duplicateKey);
  }

  async commit(application: ServiceApplication, draft: Draft): Promise<void> {
    try {
      const stored = await this.statement.store(draft, [application, ...application.pullEntries()]);
      if (!stored) throw new DraftChanged({ storedAt: draft.lastEditedAt.toISOString() });
    } catch (error) {
      throw this.refusalBehind(error);
    }
  }

  private async serve(year: number): Promise<void> {
    for (let asking = this.waiting.get(year) ?? []; asking.length > 0; asking = this.waiting.get(year) ?? []) {
      this.waiting.set(year, []);
      try {
        const rows = await this.sql.query<{ number: number }>(
          'select applications.next_registration_number($1) as number from generate_series(1, $2)',
          [year, asking.length],
        );
        asking.forEach(({ take }, at) => take(rows[at]!.number));
      } catch (error) {
        asking.forEach(({ refuse }) => refuse(error));
      }
    }
    this.waiting.delete(year);
  }

  private refusalBehind(error: unknown): unknown {
    if (!(error instanceof pg.DatabaseError)) return error;
    if (error.constraint === 'draft_duplicate_key') return new DuplicateApplication();
    return error.constraint === 'draft_sent_key' ? new IdempotencyKeyReused() : error;
  }
}
