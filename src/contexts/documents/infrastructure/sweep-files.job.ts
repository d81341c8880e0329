import { CommandBus } from '@nestjs/cqrs';
import { Job, type JobHandler } from '../../../platform/queue/job.js';
import { SweepFiles } from '../application/sweep-files.js';

@Job({ name: 'documents.sweep-files', everySeconds: 600 })
export class SweepFilesJob implements JobHandler {
  constructor(private readonly commands: CommandBus) {}

  async run(): Promise<void> {
    await this.commands.execute(new SweepFiles());
  }
}
