import { Command, CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { Clock } from '../../../kernel/clock.js';
import { Money } from '../../../kernel/money.js';
import { FineRepository } from '../domain/fine.repository.js';
import { type GatewayOrder, type Payment } from '../domain/payment.js';
import { PaymentRepository } from '../domain/payment.repository.js';
import { PaymentGateway } from './ports/payment-gateway.js';
import { retryOnConflict } from './retry-on-conflict.js';

/**
 * Reads the state of a payment back from the gateway and draws the consequences: once, however often and from wherever it is
 * asked (browser's return, callback, job). Throws PaymentNotFound, GatewayUnavailable, PaidAmountDiffers.
 */
export class SettlePayment extends Command<void> {
  constructor(readonly paymentId: string) {
    super();
  }
}

@CommandHandler(SettlePayment)
export class SettlePaymentHandler implements ICommandHandler<SettlePayment> {
  constructor(
    private readonly payments: PaymentRepository,
    private readonly fines: FineRepository,
    private readonly gateway: PaymentGateway,
    private readonly clock: Clock,
  ) {}

  async execute({ paymentId }: SettlePayment): Promise<void> {
    if ((await this.payments.get(paymentId)).isPaid) return;
    const order = await this.gateway.order(paymentId);
    const payment = await this.take(paymentId, order);
    if (!payment.owedBack) return;
    await this.gateway.refund(payment.owedBack.orderId, payment.owedBack.amount);
    await retryOnConflict(async () => {
      const overpaid = await this.payments.get(paymentId);
      overpaid.refunded(this.clock.now());
      await this.payments.save(overpaid, await this.fines.get(overpaid.fineId, overpaid.accountId));
    });
  }

  private take(paymentId: string, order: GatewayOrder | null): Promise<Payment> {
    return retryOnConflict(async () => {
      const payment = await this.payments.get(paymentId);
      const fine = await this.fines.get(payment.fineId, payment.accountId);
      const holder = await this.payments.holderOf(payment.uin, payment.id);
      payment.learn(order, holder !== null, this.clock.now());
      if (payment.isPaid) fine.settledBy(payment.id, Money.ofKopecks(payment.amountKopecks), this.clock.now());
      if (payment.hasFailed) fine.releasedBy(payment.id);
      await this.payments.save(payment, fine);
      return payment;
    });
  }
}
