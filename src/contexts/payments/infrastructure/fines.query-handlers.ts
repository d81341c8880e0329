import { type IQueryHandler, QueryHandler } from '@nestjs/cqrs';
import { Clock } from '../../../kernel/clock.js';
import { daysBetween, legalDayOf } from '../../../kernel/legal-day.js';
import { Sql } from '../../../platform/persistence/sql.js';
import { type FinesAttention, FinesAttentionQuery } from '../application/fines-attention.query.js';
import { type FineDetails, FineQuery, type FineRow, FinesQuery, type FinesView } from '../application/fines.query.js';
import { type FineStatus } from '../domain/fine.js';

interface FineRecord {
  readonly id: string;
  readonly uin: string;
  readonly decree_number: string;
  readonly decree_date: string;
  readonly offence: string;
  readonly purpose: string;
  readonly status: FineStatus;
  readonly amount_kopecks: number;
  readonly discounted_kopecks: number | null;
  readonly discount_until: string | null;
  readonly discount_percent: number | null;
  readonly discount_possible: boolean;
  readonly already_paid_kopecks: number;
  readonly active_payment_id: string | null;
  readonly paid_kopecks: number | null;
  readonly settled_at: Date | null;
}

const COLUMNS = `id, uin, decree_number, decree_date, offence, purpose, status, amount_kopecks, discounted_kopecks, discount_until,
  discount_percent, discount_possible, already_paid_kopecks, active_payment_id, paid_kopecks, settled_at`;
const HISTORY_PAGE = 20;

const rowOf = (fine: FineRecord, today: string): FineRow => {
  const lasts = fine.discounted_kopecks !== null && (fine.discount_until === null || fine.discount_until >= today);
  return {
    fineId: fine.id,
    uin: fine.uin,
    decreeNumber: fine.decree_number,
    decreeDate: fine.decree_date,
    offence: fine.offence,
    purpose: fine.purpose,
    status: fine.status,
    amountKopecks: fine.amount_kopecks,
    dueKopecks: Math.max(0, (lasts ? fine.discounted_kopecks : fine.amount_kopecks) - fine.already_paid_kopecks),
    alreadyPaidKopecks: fine.already_paid_kopecks,
    discountUntil: lasts ? fine.discount_until : null,
    daysLeft: lasts && fine.discount_until !== null ? daysBetween(today, fine.discount_until) : null,
    discountPercent: lasts ? fine.discount_percent : null,
    discountPossible: fine.discount_possible,
    paymentId: fine.active_payment_id,
    paidKopecks: fine.paid_kopecks,
    settledAt: fine.settled_at,
  };
};

@QueryHandler(FinesQuery)
export class FinesQueryHandler implements IQueryHandler<FinesQuery> {
  constructor(
    private readonly sql: Sql,
    private readonly clock: Clock,
  ) {}

  async execute({ accountId, after }: FinesQuery): Promise<FinesView> {
    const today = legalDayOf(this.clock.now());
    const [open, settled, watch] = await Promise.all([
      after ? [] : this.open(accountId, today),
      this.settled(accountId, after),
      this.watch(accountId),
    ]);
    const shown = settled.slice(0, HISTORY_PAGE);
    const last = settled.length > HISTORY_PAGE ? shown.at(-1) : undefined;
    return {
      open: open.map((fine) => rowOf(fine, today)),
      settled: shown.map((fine) => rowOf(fine, today)),
      next: last?.settled_at ? { settledAt: last.settled_at, id: last.id } : null,
      watch,
    };
  }

  private open(accountId: string, today: string): Promise<FineRecord[]> {
    return this.sql.query<FineRecord>(
      `select ${COLUMNS} from payments.fine where account_id = $1 and status in ('UNPAID', 'PAYMENT_PENDING')
       order by case when discount_until >= $2 then discount_until end nulls last, decree_date desc, id`,
      [accountId, today],
    );
  }

  private settled(accountId: string, after: FinesQuery['after']): Promise<FineRecord[]> {
    return this.sql.query<FineRecord>(
      `select ${COLUMNS} from payments.fine where account_id = $1 and status in ('PAID', 'CANCELLED')
         and ($2::timestamptz is null or (date_trunc('milliseconds', settled_at), id) < ($2, $3::uuid))
       order by settled_at desc, id desc limit $4`,
      [accountId, after?.settledAt ?? null, after?.id ?? null, HISTORY_PAGE + 1],
    );
  }

  private async watch(accountId: string): Promise<FinesView['watch']> {
    const row = await this.sql.one<{ vehicles: number; unread: number; failing: number; as_of: Date | null }>(
      `select count(*) as vehicles, count(*) filter (where as_of is null) as unread,
              count(*) filter (where failures > 0) as failing, min(as_of) as as_of
       from payments.watched_vehicle where account_id = $1 and stopped_at is null`,
      [accountId],
    );
    return {
      vehicles: row?.vehicles ?? 0,
      unread: row?.unread ?? 0,
      registryDown: (row?.failing ?? 0) > 0,
      asOf: row?.as_of ?? null,
    };
  }
}

interface FineDetailsRecord extends FineRecord {
  readonly vehicle_id: string;
  readonly article: string | null;
  readonly offence_at: Date | null;
  readonly department: string | null;
  readonly terms_source: 'REGISTRY' | 'POLICY';
  readonly as_of: Date;
  readonly payee: string | null;
}

@QueryHandler(FineQuery)
export class FineQueryHandler implements IQueryHandler<FineQuery> {
  constructor(
    private readonly sql: Sql,
    private readonly clock: Clock,
  ) {}

  async execute({ accountId, fineId }: FineQuery): Promise<FineDetails | null> {
    const [fine, attempts] = await Promise.all([
      this.sql.one<FineDetailsRecord>(
        `select ${COLUMNS}, vehicle_id, article, offence_at, department, terms_source, as_of, payee ->> 'name' as payee
         from payments.fine where id = $2 and account_id = $1`,
        [accountId, fineId],
      ),
      this.sql.query<{ id: string; status: string; amount_kopecks: number; created_at: Date }>(
        `select id, status, amount_kopecks, created_at from payments.payment where fine_id = $2 and account_id = $1 order by id desc`,
        [accountId, fineId],
      ),
    ]);
    if (!fine) return null;
    return {
      ...rowOf(fine, legalDayOf(this.clock.now())),
      vehicleId: fine.vehicle_id,
      article: fine.article,
      offenceAt: fine.offence_at,
      department: fine.department,
      termsSource: fine.terms_source,
      asOf: fine.as_of,
      payee: fine.payee,
      attempts: attempts.map((attempt) => ({
        paymentId: attempt.id,
        status: attempt.status,
        amountKopecks: attempt.amount_kopecks,
        at: attempt.created_at,
      })),
    };
  }
}

interface AttentionRecord {
  readonly id: string;
  readonly purpose: string;
  readonly amount_kopecks: number;
  readonly due_kopecks: number;
  readonly discount_until: string | null;
  readonly unpaid_count: number;
  readonly due_total: number;
}

const SHOWN = 3;

@QueryHandler(FinesAttentionQuery)
export class FinesAttentionQueryHandler implements IQueryHandler<FinesAttentionQuery> {
  constructor(
    private readonly sql: Sql,
    private readonly clock: Clock,
  ) {}

  /** One round trip: the first three rows carry the totals of all. */
  async execute({ accountId }: FinesAttentionQuery): Promise<FinesAttention> {
    const today = legalDayOf(this.clock.now());
    const rows = await this.sql.query<AttentionRecord>(
      `select id, purpose, amount_kopecks, due_kopecks, discount_until,
              count(*) over () as unpaid_count, (sum(due_kopecks) over ())::bigint as due_total
       from (select id, purpose, amount_kopecks, decree_date,
                    greatest(0, case when discounted_kopecks is not null and (discount_until is null or discount_until >= $2) then discounted_kopecks else amount_kopecks end
                      - already_paid_kopecks) as due_kopecks,
                    case when discounted_kopecks is not null and discount_until >= $2 then discount_until end as discount_until
             from payments.fine where account_id = $1 and status = 'UNPAID') unpaid
       order by discount_until nulls last, decree_date desc, id limit $3`,
      [accountId, today, SHOWN],
    );
    return {
      unpaidCount: rows[0]?.unpaid_count ?? 0,
      dueKopecks: rows[0]?.due_total ?? 0,
      fines: rows.map((row) => ({
        fineId: row.id,
        purpose: row.purpose,
        amountKopecks: row.amount_kopecks,
        dueKopecks: row.due_kopecks,
        discountUntil: row.discount_until,
        daysLeft: row.discount_until === null ? null : daysBetween(today, row.discount_until),
      })),
    };
  }
}
