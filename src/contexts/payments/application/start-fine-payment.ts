import { Command, CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { Clock } from '../../../kernel/clock.js';
import { Ids } from '../../../kernel/ids.js';
import { Money } from '../../../kernel/money.js';
import { FineAlreadyPaid, PaymentInProgress } from '../domain/fine.errors.js';
import { FineRepository } from '../domain/fine.repository.js';
import { Payment } from '../domain/payment.js';
import { PaymentRepository } from '../domain/payment.repository.js';
import { ChargesRegistry } from './ports/charges-registry.js';
import { retryOnConflict } from './retry-on-conflict.js';

/**
 * The payer authorises the payment of a fine at the sum shown to them. Answers with the payment's id; the same key gives the
 * same payment. Throws FineNotFound, PaymentInProgress, FineAlreadyPaid, FineCancelled, AmountChanged, PayeeUnknown.
 */
export class StartFinePayment extends Command<string> {
  constructor(
    readonly accountId: string,
    readonly fineId: string,
    readonly idempotencyKey: string,
    readonly quotedKopecks: number,
  ) {
    super();
  }
}

@CommandHandler(StartFinePayment)
export class StartFinePaymentHandler implements ICommandHandler<StartFinePayment> {
  constructor(
    private readonly fines: FineRepository,
    private readonly payments: PaymentRepository,
    private readonly charges: ChargesRegistry,
    private readonly clock: Clock,
    private readonly ids: Ids,
  ) {}

  execute(command: StartFinePayment): Promise<string> {
    return retryOnConflict(async () => {
      const begun = await this.payments.ofKey(command.fineId, command.accountId, command.idempotencyKey);
      return begun?.id ?? (await this.begin(command));
    });
  }

  private async begin({ accountId, fineId, idempotencyKey, quotedKopecks }: StartFinePayment): Promise<string> {
    const now = this.clock.now();
    const fine = await this.fines.get(fineId, accountId);
    if (!fine.knowsPayee) {
      const { charges, asOf } = await this.charges.byUin([fine.uin]);
      for (const charge of charges) fine.chargeKnown(charge, asOf);
    }
    const paymentId = this.ids.next();
    const holder = await this.payments.holderOf(fine.uin, paymentId);
    // The other half of a double click may have committed since its key was looked for.
    if (holder?.beganWith(fineId, idempotencyKey)) return holder.id;
    if (holder?.isPaid) throw new FineAlreadyPaid(fineId);
    if (holder) throw new PaymentInProgress(holder.accountId === accountId ? holder.id : null);
    const order = fine.beginPayment(paymentId, Money.ofKopecks(quotedKopecks), now);
    await this.payments.save(Payment.begin(paymentId, idempotencyKey, order, now), fine);
    return paymentId;
  }
}
