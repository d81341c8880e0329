import { Query } from '@nestjs/cqrs';
import { type ApplicationLine } from './application-record.js';

/** «История заявлений» of a citizen, newest first, a page at a time. */
export class ApplicationHistoryQuery extends Query<ApplicationHistory> {
  constructor(
    readonly applicantId: string,
    /** Id of the last application of the page before; null for the first page. */
    readonly after: string | null = null,
    readonly pageSize = 20,
  ) {
    super();
  }
}

export interface ApplicationHistory {
  /** How many there are in all. */
  readonly total: number;
  readonly lines: readonly ApplicationLine[];
  /** What to ask the next page with; null on the last one. */
  readonly nextAfter: string | null;
}
