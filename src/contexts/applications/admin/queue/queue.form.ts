import { Transform } from 'class-transformer';
import { IsBoolean, IsIn, IsOptional, IsUUID, Matches } from 'class-validator';
import { type CaseQueueFilter } from '../../application/case-queue.query.js';
import { APPLICATION_STATUSES } from '../../domain/application-status.js';

/** What of the queue to show and where the page begins. Anything unreadable falls back to the whole open queue. */
export class QueueForm {
  @IsIn(['OPEN', 'CLOSED', ...APPLICATION_STATUSES])
  status: CaseQueueFilter['status'] = 'OPEN';

  @Transform(({ value }) => value === '1' || value === true)
  @IsBoolean()
  overdue = false;

  @Matches(/^[\d-]{0,20}$/, { message: 'В номере заявления только цифры и дефисы, например 78-2027-00000017' })
  number = '';

  /** Id of the last case of the page before. */
  @IsOptional()
  @IsUUID()
  after: string | null = null;
}
