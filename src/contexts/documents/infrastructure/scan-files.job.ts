import { CommandBus } from '@nestjs/cqrs';
import { FILES_ERASURE_LOCK, whileShared } from '../../../platform/persistence/advisory-locks.js';
import { Sql } from '../../../platform/persistence/sql.js';
import { Job, type JobHandler } from '../../../platform/queue/job.js';
import { ScanFiles } from '../application/scan-files.js';

/** Files in quarantine wait a minute at most once the scanner is back; while a backup copies the files, until it is done. */
@Job({ name: 'documents.scan-files', everySeconds: 60 })
export class ScanFilesJob implements JobHandler {
  constructor(
    private readonly commands: CommandBus,
    private readonly sql: Sql,
  ) {}

  async run(): Promise<void> {
    await whileShared(this.sql, FILES_ERASURE_LOCK, () => this.commands.execute(new ScanFiles()));
  }
}
