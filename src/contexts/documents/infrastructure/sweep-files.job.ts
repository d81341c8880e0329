import { CommandBus } from '@nestjs/cqrs';
import { FILES_ERASURE_LOCK, whileShared } from '../../../platform/persistence/advisory-locks.js';
import { Sql } from '../../../platform/persistence/sql.js';
import { Job, type JobHandler } from '../../../platform/queue/job.js';
import { SweepFiles } from '../application/sweep-files.js';

/** While a backup copies the files nothing is erased: the next run does it. */
@Job({ name: 'documents.sweep-files', everySeconds: 600 })
export class SweepFilesJob implements JobHandler {
  constructor(
    private readonly commands: CommandBus,
    private readonly sql: Sql,
  ) {}

  async run(): Promise<void> {
    await whileShared(this.sql, FILES_ERASURE_LOCK, () => this.commands.execute(new SweepFiles()));
  }
}
