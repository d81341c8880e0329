import { type IQueryHandler, QueryHandler } from '@nestjs/cqrs';
import { Sql } from '../../../platform/persistence/sql.js';
import {
  outcomeOf,
  type PaymentDetails,
  PaymentOfOrderQuery,
  PaymentQuery,
  type PaymentRow,
  PaymentsQuery,
  type PaymentsView,
} from '../application/payments.query.js';
import { type PaymentStatus } from '../domain/payment-state-transitions.js';

interface PaymentRecord {
  readonly id: string;
  readonly status: PaymentStatus;
  readonly amount_kopecks: number;
  readonly purpose: string;
  readonly decree_number: string;
  readonly created_at: Date;
  readonly settled_at: Date | null;
}

const COLUMNS = 'id, status, amount_kopecks, purpose, decree_number, created_at, settled_at';
const PAGE = 20;

const rowOf = (payment: PaymentRecord): PaymentRow => ({
  paymentId: payment.id,
  outcome: outcomeOf(payment.status),
  amountKopecks: payment.amount_kopecks,
  purpose: payment.purpose,
  decreeNumber: payment.decree_number,
  startedAt: payment.created_at,
  settledAt: payment.settled_at,
});

@QueryHandler(PaymentsQuery)
export class PaymentsQueryHandler implements IQueryHandler<PaymentsQuery> {
  constructor(private readonly sql: Sql) {}

  async execute({ accountId, after }: PaymentsQuery): Promise<PaymentsView> {
    const rows = await this.sql.query<PaymentRecord>(
      `select ${COLUMNS} from payments.payment where account_id = $1 and ($2::uuid is null or id < $2::uuid) order by id desc limit $3`,
      [accountId, after, PAGE + 1],
    );
    const shown = rows.slice(0, PAGE);
    return { payments: shown.map(rowOf), next: rows.length > PAGE ? (shown.at(-1)?.id ?? null) : null };
  }
}

interface PaymentDetailsRecord extends PaymentRecord {
  readonly fine_id: string;
  readonly uin: string;
  readonly discount_percent: number | null;
  readonly expires_at: Date;
  readonly action_code: number | null;
  readonly masked_pan: string | null;
  readonly approval_code: string | null;
  readonly reference: string | null;
}

@QueryHandler(PaymentQuery)
export class PaymentQueryHandler implements IQueryHandler<PaymentQuery> {
  constructor(private readonly sql: Sql) {}

  async execute({ accountId, paymentId }: PaymentQuery): Promise<PaymentDetails | null> {
    const payment = await this.sql.one<PaymentDetailsRecord>(
      `select ${COLUMNS}, fine_id, uin, discount_percent, expires_at, action_code, masked_pan, approval_code, reference
       from payments.payment where id = $2 and account_id = $1`,
      [accountId, paymentId],
    );
    if (!payment) return null;
    return {
      ...rowOf(payment),
      fineId: payment.fine_id,
      uin: payment.uin,
      status: payment.status,
      discountPercent: payment.discount_percent,
      expiresAt: payment.expires_at,
      actionCode: payment.action_code,
      maskedPan: payment.masked_pan,
      approvalCode: payment.approval_code,
      reference: payment.reference,
    };
  }
}

@QueryHandler(PaymentOfOrderQuery)
export class PaymentOfOrderQueryHandler implements IQueryHandler<PaymentOfOrderQuery> {
  constructor(private readonly sql: Sql) {}

  async execute({ accountId, orderId }: PaymentOfOrderQuery): Promise<string | null> {
    const payment = await this.sql.one<{ id: string }>(
      'select id from payments.payment where order_id = $2 and account_id = $1',
      [accountId, orderId],
    );
    return payment?.id ?? null;
  }
}
