import { Injectable } from '@nestjs/common';
import { Clock } from '../../kernel/clock.js';
import { Sql } from '../persistence/sql.js';
import { Job, type JobHandler } from '../queue/job.js';

/** Longer than any event may still be delivered again; a failed job must not be run again by hand after that. */
const KEPT_MS = 30 * 24 * 3600 * 1000;

/** Receipts of reactions are deleted a month after, or the table would grow for ever. */
@Injectable()
@Job({ name: 'platform.forget-processed-events', everySeconds: 3600 })
export class ForgetProcessedEvents implements JobHandler {
  constructor(
    private readonly sql: Sql,
    private readonly clock: Clock,
  ) {}

  async run(): Promise<void> {
    await this.sql.query('delete from platform.processed_event where processed_at < $1', [new Date(this.clock.now().getTime() - KEPT_MS)]);
  }
}
