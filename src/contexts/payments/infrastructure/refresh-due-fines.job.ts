import { Injectable } from '@nestjs/common';
import { Job, type JobHandler } from '../../../platform/queue/job.js';
import { RefreshFines } from '../application/refresh-fines.js';
import { DueWork } from './due-work.js';

/** Looks up the fines of every known vehicle at least once a day, and soon again after the register was silent. */
@Injectable()
@Job({ name: 'payments.refresh-fines', everySeconds: 30 })
export class RefreshDueFines implements JobHandler {
  constructor(private readonly due: DueWork) {}

  run(): Promise<void> {
    return this.due.each(
      { table: 'payments.watched_vehicle', time: 'refresh_after', and: 'stopped_at is null' },
      (vehicleId) => new RefreshFines({ ids: [vehicleId] }),
    );
  }
}
