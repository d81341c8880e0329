import { Query } from '@nestjs/cqrs';
import { type ApplicationStatus } from '../domain/application-status.js';
import { type ApplicationLine } from './application-record.js';

/** The queue of an authority, oldest submission first, a page at a time. */
export class CaseQueueQuery extends Query<CaseQueue> {
  constructor(
    readonly authorityCode: string,
    readonly filter: CaseQueueFilter,
    /** Id of the last case of the page before; null for the first page. */
    readonly after: string | null = null,
    readonly pageSize = 30,
  ) {
    super();
  }
}

export interface CaseQueueFilter {
  /** `OPEN`: everything not final, `CLOSED`: everything final. */
  readonly status: 'OPEN' | 'CLOSED' | ApplicationStatus;
  /** Only cases whose term is over. */
  readonly overdueOnly: boolean;
  /** Any part of the registration number; empty for all. */
  readonly number: string;
}

export interface CaseQueue {
  readonly lines: readonly ApplicationLine[];
  readonly nextAfter: string | null;
  /** How many cases fit the filter. */
  readonly matching: number;
  /** How many of the authority's cases there are in each status that occurs, whatever the filter. */
  readonly counts: readonly { readonly status: ApplicationStatus; readonly count: number }[];
  /** Open cases whose term is over, whatever the filter. */
  readonly overdueCount: number;
}
