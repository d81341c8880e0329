import { Injectable } from '@nestjs/common';
import { Job, type JobHandler } from '../../../platform/queue/job.js';
import { SettlePayment } from '../application/settle-payment.js';
import { DueWork } from './due-work.js';

/** Asks the gateway about payments whose browser or callback never came, ends the abandoned ones, gives back what was paid twice. */
@Injectable()
@Job({ name: 'payments.settle-pending', everySeconds: 10 })
export class SettlePendingPayments implements JobHandler {
  constructor(private readonly due: DueWork) {}

  run(): Promise<void> {
    return this.due.each(
      { table: 'payments.payment', time: 'check_after' },
      (paymentId) => new SettlePayment(paymentId),
    );
  }
}
