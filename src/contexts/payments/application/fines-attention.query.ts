import { Query } from '@nestjs/cqrs';

/** Unpaid fines for the first page of the cabinet, the one whose discount ends first on top. */
export class FinesAttentionQuery extends Query<FinesAttention> {
  constructor(readonly accountId: string) {
    super();
  }
}

export interface FinesAttention {
  readonly unpaidCount: number;
  /** What would settle all of them today, kopecks. */
  readonly dueKopecks: number;
  /** Three at most. */
  readonly fines: readonly {
    readonly fineId: string;
    readonly purpose: string;
    readonly amountKopecks: number;
    readonly dueKopecks: number;
    /** `YYYY-MM-DD`, null when no discount is left. */
    readonly discountUntil: string | null;
    readonly daysLeft: number | null;
  }[];
}
