import { Clock } from '../../../kernel/clock.js';
import { Sql } from '../../../platform/persistence/sql.js';
import { Job, type JobHandler } from '../../../platform/queue/job.js';

/** Sessions that can no longer be used are deleted, and the ESIA tokens with them. The login history stays. */
@Job({ name: 'identity.forget-ended-sessions', everySeconds: 3600 })
export class ForgetEndedSessions implements JobHandler {
  constructor(
    private readonly sql: Sql,
    private readonly clock: Clock,
  ) {}

  async run(): Promise<void> {
    const now = this.clock.now();
    await this.sql.query('delete from identity.session where ended_at is not null or expires_at <= $1', [now]);
    await this.sql.query('delete from identity.staff_session where ended_at is not null or expires_at <= $1', [now]);
  }
}
