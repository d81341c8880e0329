import { Injectable } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import { Sql } from '../../../platform/persistence/sql.js';
import { Job, type JobHandler } from '../../../platform/queue/job.js';
import { SendDeliveries } from '../application/send-deliveries.js';

/** Sends what waited for its hour or for another attempt, and what a died process left behind. */
@Injectable()
@Job({ name: 'notifications.send-deliveries', everySeconds: 15 })
export class SweepDeliveries implements JobHandler {
  constructor(private readonly commands: CommandBus) {}

  async run(): Promise<void> {
    await this.commands.execute(new SendDeliveries());
  }
}

/** Message centres give up within three days and use their ids again later. */
@Injectable()
@Job({ name: 'notifications.forget-receipts', everySeconds: 3600 })
export class ForgetOldReceipts implements JobHandler {
  constructor(private readonly sql: Sql) {}

  async run(): Promise<void> {
    await this.sql.query("delete from notifications.sms_part where updated_at < now() - interval '7 days'");
  }
}
