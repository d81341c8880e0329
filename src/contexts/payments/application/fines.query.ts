import { Query } from '@nestjs/cqrs';
import { type FineStatus } from '../domain/fine.js';

/** The section «Штрафы» of an account: what is to be paid first, then the history. */
export class FinesQuery extends Query<FinesView> {
  constructor(
    readonly accountId: string,
    /** Where the previous page of the history ended. */
    readonly after: HistoryMark | null = null,
  ) {
    super();
  }
}

/** Everything about one fine; null when the account has none of this id. */
export class FineQuery extends Query<FineDetails | null> {
  constructor(
    readonly accountId: string,
    readonly fineId: string,
  ) {
    super();
  }
}

/** The last row of a page of history. */
export interface HistoryMark {
  readonly settledAt: Date;
  readonly id: string;
}

export interface FinesView {
  /** Unpaid or being paid, the discount that ends first on top. */
  readonly open: readonly FineRow[];
  /** Paid and cancelled, the latest first. */
  readonly settled: readonly FineRow[];
  readonly next: HistoryMark | null;
  readonly watch: {
    readonly vehicles: number;
    /** Vehicles the register has not been asked about with success. */
    readonly unread: number;
    /** The register did not answer when it was asked last. */
    readonly registryDown: boolean;
    /** Oldest of the answers shown. */
    readonly asOf: Date | null;
  };
}

export interface FineRow {
  readonly fineId: string;
  readonly uin: string;
  readonly decreeNumber: string;
  /** `YYYY-MM-DD`. */
  readonly decreeDate: string;
  /** What was done wrong, in the register's words; may be empty. */
  readonly offence: string;
  readonly purpose: string;
  readonly status: FineStatus;
  readonly amountKopecks: number;
  /** What settles it today. */
  readonly dueKopecks: number;
  /** Paid elsewhere, and not enough. */
  readonly alreadyPaidKopecks: number;
  /** Last day of a discount that still applies, `YYYY-MM-DD`. */
  readonly discountUntil: string | null;
  readonly daysLeft: number | null;
  readonly discountPercent: number | null;
  readonly discountPossible: boolean;
  /** The payment under way, or the one that settled it; null when it was paid elsewhere. */
  readonly paymentId: string | null;
  /** What was paid here; null when it was paid elsewhere. */
  readonly paidKopecks: number | null;
  readonly settledAt: Date | null;
}

export interface FineDetails extends FineRow {
  readonly vehicleId: string;
  readonly article: string | null;
  readonly offenceAt: Date | null;
  readonly department: string | null;
  readonly termsSource: 'REGISTRY' | 'POLICY';
  readonly asOf: Date;
  /** Name of who receives the money, once the register of charges has told. */
  readonly payee: string | null;
  readonly attempts: readonly {
    readonly paymentId: string;
    readonly status: string;
    readonly amountKopecks: number;
    readonly at: Date;
  }[];
}
