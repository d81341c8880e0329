import { EntityManager, RequestContext } from '@mikro-orm/postgresql';
import { Injectable, Logger } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import { Clock } from '../../../kernel/clock.js';
import { Sql } from '../../../platform/persistence/sql.js';
import { Job, type JobHandler } from '../../../platform/queue/job.js';
import { RefreshFines } from '../application/refresh-fines.js';

const AT_ONCE = 100;

/** Looks up the fines of every known vehicle at least once a day, and soon again after the register was silent. */
@Injectable()
@Job({ name: 'payments.refresh-fines', everySeconds: 30 })
export class RefreshDueFines implements JobHandler {
  private readonly logger = new Logger(RefreshDueFines.name);

  constructor(
    private readonly sql: Sql,
    private readonly em: EntityManager,
    private readonly commands: CommandBus,
    private readonly clock: Clock,
  ) {}

  async run(): Promise<void> {
    const due = await this.sql.query<{ id: string }>(
      'select id from payments.watched_vehicle where stopped_at is null and refresh_after <= $1 order by refresh_after limit $2',
      [this.clock.now(), AT_ONCE],
    );
    for (const { id } of due) await this.refresh(id);
  }

  private async refresh(vehicleId: string): Promise<void> {
    try {
      await RequestContext.create(this.em, () => this.commands.execute(new RefreshFines({ ids: [vehicleId] })));
    } catch (error) {
      this.logger.warn(
        `Fines of vehicle ${vehicleId} stay as they are: ${error instanceof Error ? error.message : String(error)}`,
      );
    }
  }
}
