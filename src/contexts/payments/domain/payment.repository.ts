import { type Fine } from './fine.js';
import { type Payment } from './payment.js';

/** Payments, each saved together with the fine it pays: their states never disagree. */
export abstract class PaymentRepository {
  /** Throws PaymentNotFound; with an account, also for a payment of another one. */
  abstract get(paymentId: string, accountId?: string): Promise<Payment>;

  /** The payment of this fine that an earlier use of the key began. */
  abstract ofKey(fineId: string, accountId: string, idempotencyKey: string): Promise<Payment | null>;

  /** The payment, whoever's, that is under way for this charge or has settled it; `except` is not looked at. */
  abstract holderOf(uin: string, except: string): Promise<Payment | null>;

  /** One transaction. Throws ConcurrentChange, having saved nothing; what was loaded before must then be loaded anew. */
  abstract save(payment: Payment, fine: Fine): Promise<void>;
}
