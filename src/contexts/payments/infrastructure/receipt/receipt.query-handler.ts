import { type IQueryHandler, QueryHandler } from '@nestjs/cqrs';
import { Sql } from '../../../../platform/persistence/sql.js';
import { ReceiptQuery } from '../../application/payments.query.js';
import { type Payee } from '../../domain/charge.js';
import { ReceiptPdf } from './receipt-pdf.js';

interface ReceiptRecord {
  readonly id: string;
  readonly settled_at: Date;
  readonly amount_kopecks: number;
  readonly uin: string;
  readonly decree_number: string;
  readonly decree_date: string;
  readonly purpose: string;
  readonly payee: Payee;
  readonly discount_percent: number | null;
  readonly masked_pan: string | null;
  readonly approval_code: string | null;
  readonly reference: string | null;
}

@QueryHandler(ReceiptQuery)
export class ReceiptQueryHandler implements IQueryHandler<ReceiptQuery> {
  constructor(
    private readonly sql: Sql,
    private readonly pdf: ReceiptPdf,
  ) {}

  async execute({ accountId, paymentId }: ReceiptQuery): Promise<Buffer | null> {
    const payment = await this.sql.one<ReceiptRecord>(
      `select id, settled_at, amount_kopecks, uin, decree_number, decree_date, purpose, payee, discount_percent, masked_pan, approval_code, reference
       from payments.payment where id = $2 and account_id = $1 and status = 'PAID'`,
      [accountId, paymentId],
    );
    if (!payment) return null;
    return this.pdf.print({
      paymentId: payment.id,
      paidAt: payment.settled_at,
      amountKopecks: payment.amount_kopecks,
      uin: payment.uin,
      decreeNumber: payment.decree_number,
      decreeDate: payment.decree_date,
      purpose: payment.purpose,
      payee: payment.payee,
      discountPercent: payment.discount_percent,
      maskedPan: payment.masked_pan,
      approvalCode: payment.approval_code,
      reference: payment.reference,
    });
  }
}
