import { CommandBus } from '@nestjs/cqrs';
import { Job, type JobHandler } from '../../../platform/queue/job.js';
import { TellOfExpiry } from '../application/tell-of-expiry.js';

/** Runs often, so that a day's work begins soon after midnight in Moscow, or after the start of a product that was down then. */
@Job({ name: 'documents.tell-of-expiry', everySeconds: 300 })
export class TellOfExpiryJob implements JobHandler {
  constructor(private readonly commands: CommandBus) {}

  async run(): Promise<void> {
    await this.commands.execute(new TellOfExpiry());
  }
}
