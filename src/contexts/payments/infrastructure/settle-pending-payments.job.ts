import { EntityManager, RequestContext } from '@mikro-orm/postgresql';
import { Injectable, Logger } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import { Clock } from '../../../kernel/clock.js';
import { Sql } from '../../../platform/persistence/sql.js';
import { Job, type JobHandler } from '../../../platform/queue/job.js';
import { SettlePayment } from '../application/settle-payment.js';

const AT_ONCE = 100;

/** Asks the gateway about payments whose browser or callback never came, ends the abandoned ones, gives back what was paid twice. */
@Injectable()
@Job({ name: 'payments.settle-pending', everySeconds: 10 })
export class SettlePendingPayments implements JobHandler {
  private readonly logger = new Logger(SettlePendingPayments.name);

  constructor(
    private readonly sql: Sql,
    private readonly em: EntityManager,
    private readonly commands: CommandBus,
    private readonly clock: Clock,
  ) {}

  async run(): Promise<void> {
    const due = await this.sql.query<{ id: string }>(
      'select id from payments.payment where check_after <= $1 order by check_after limit $2',
      [this.clock.now(), AT_ONCE],
    );
    for (const { id } of due) await this.settle(id);
  }

  /** Each in a unit of work of its own: one that fails does not stop the rest. */
  private async settle(paymentId: string): Promise<void> {
    try {
      await RequestContext.create(this.em, () => this.commands.execute(new SettlePayment(paymentId)));
    } catch (error) {
      this.logger.warn(
        `Payment ${paymentId} stays as it is: ${error instanceof Error ? error.message : String(error)}`,
      );
    }
  }
}
