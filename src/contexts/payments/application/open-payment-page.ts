import { Command, CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { Clock } from '../../../kernel/clock.js';
import { FineRepository } from '../domain/fine.repository.js';
import { PaymentRepository } from '../domain/payment.repository.js';
import { OrderRefused } from './ports/outside.errors.js';
import { PaymentGateway } from './ports/payment-gateway.js';
import { retryOnConflict } from './retry-on-conflict.js';

/**
 * Makes sure the bank has the order and answers with the address of its page; null when no card can be given any more.
 * May be repeated at any time: the order number is the payment's id. Throws PaymentNotFound, GatewayUnavailable (the payment
 * stays, try again), OrderRefused (the payment has ended).
 */
export class OpenPaymentPage extends Command<string | null> {
  constructor(
    readonly accountId: string,
    readonly paymentId: string,
  ) {
    super();
  }
}

@CommandHandler(OpenPaymentPage)
export class OpenPaymentPageHandler implements ICommandHandler<OpenPaymentPage> {
  constructor(
    private readonly payments: PaymentRepository,
    private readonly fines: FineRepository,
    private readonly gateway: PaymentGateway,
    private readonly clock: Clock,
  ) {}

  async execute({ accountId, paymentId }: OpenPaymentPage): Promise<string | null> {
    const payment = await this.payments.get(paymentId, accountId);
    if (!payment.canBePaid(this.clock.now())) return null;
    if (payment.page !== null) return payment.page;
    try {
      const { orderId, formUrl } = await this.gateway.register(payment.request);
      await this.change(paymentId, (changed) => changed.registered(orderId, formUrl));
      return formUrl;
    } catch (error) {
      if (error instanceof OrderRefused) await this.change(paymentId, (changed) => changed.rejected(this.clock.now()));
      throw error;
    }
  }

  private change(
    paymentId: string,
    decide: (payment: Awaited<ReturnType<PaymentRepository['get']>>) => void,
  ): Promise<void> {
    return retryOnConflict(async () => {
      const payment = await this.payments.get(paymentId);
      const fine = await this.fines.get(payment.fineId, payment.accountId);
      decide(payment);
      if (payment.hasFailed) fine.releasedBy(payment.id);
      await this.payments.save(payment, fine);
    });
  }
}
