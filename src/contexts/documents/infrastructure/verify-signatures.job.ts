import { CommandBus } from '@nestjs/cqrs';
import { Job, type JobHandler } from '../../../platform/queue/job.js';
import { VerifySignatures } from '../application/verify-signatures.js';

/** Finds what no event tells of: other roots in the settings, files that came out of quarantine. */
@Job({ name: 'documents.verify-signatures', everySeconds: 300 })
export class VerifySignaturesJob implements JobHandler {
  constructor(private readonly commands: CommandBus) {}

  async run(): Promise<void> {
    await this.commands.execute(new VerifySignatures(null));
  }
}
