import { Injectable } from '@nestjs/common';
import { Clock } from '../../../kernel/clock.js';
import { Sql } from '../../../platform/persistence/sql.js';
import { Job, type JobHandler } from '../../../platform/queue/job.js';
import { RESTORABLE_DAYS } from '../domain/vehicle.js';

/** Erases the numbers of vehicles that can no longer be put back: nothing is kept that nobody may use. */
@Injectable()
@Job({ name: 'profile.forget-removed-vehicles', everySeconds: 3600 })
export class ForgetRemovedVehicles implements JobHandler {
  constructor(
    private readonly sql: Sql,
    private readonly clock: Clock,
  ) {}

  async run(): Promise<void> {
    await this.sql.query('delete from profile.vehicle where removed_at < $1::timestamptz - make_interval(days => $2)', [
      this.clock.now(),
      RESTORABLE_DAYS,
    ]);
  }
}
