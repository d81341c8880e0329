import { EntityManager, type FilterQuery } from '@mikro-orm/postgresql';
import { Injectable } from '@nestjs/common';
import { type Fine } from '../domain/fine.js';
import { PaymentNotFound } from '../domain/payment.errors.js';
import { Payment } from '../domain/payment.js';
import { PaymentRepository } from '../domain/payment.repository.js';
import { OPEN_STATUSES } from '../domain/payment-state-transitions.js';
import { saveOrConflict } from './save-or-conflict.js';

@Injectable()
export class MikroOrmPaymentRepository extends PaymentRepository {
  constructor(private readonly em: EntityManager) {
    super();
  }

  override async get(paymentId: string, accountId?: string): Promise<Payment> {
    const payment = await this.em.findOne(
      Payment,
      { id: paymentId, ...(accountId && { accountId }) },
      { refresh: true },
    );
    if (!payment) throw new PaymentNotFound(paymentId);
    return payment;
  }

  override ofKey(fineId: string, accountId: string, idempotencyKey: string): Promise<Payment | null> {
    return this.em.findOne(Payment, { fineId, accountId, idempotencyKey });
  }

  override holderOf(uin: string, except: string): Promise<Payment | null> {
    // `status` is private to the aggregate; the mapping knows it.
    const holds = { uin, id: { $ne: except }, status: { $in: [...OPEN_STATUSES, 'PAID'] } } as FilterQuery<Payment>;
    return this.em.findOne(Payment, holds);
  }

  override save(payment: Payment, fine: Fine): Promise<void> {
    return saveOrConflict(this.em, [payment, fine]);
  }
}
