import { Controller, Get, Logger, Param, ParseUUIDPipe, Post, Query } from '@nestjs/common';
import { CommandBus, QueryBus } from '@nestjs/cqrs';
import { Clock } from '../../../../kernel/clock.js';
import { DomainError } from '../../../../kernel/domain-error.js';
import { download, type Download, page, type Page, type SeeOther, seeOther } from '../../../../platform/http/page.js';
import { type Citizen, CurrentCitizen } from '../../../../platform/http/principal.js';
import { RateLimit } from '../../../../platform/http/rate-limit.js';
import { OpenPaymentPage } from '../../application/open-payment-page.js';
import {
  type PaymentDetails,
  PaymentOfOrderQuery,
  PaymentQuery,
  ReceiptQuery,
} from '../../application/payments.query.js';
import { GatewayUnavailable } from '../../application/ports/outside.errors.js';
import { SettlePayment } from '../../application/settle-payment.js';
import { PaymentNotFound } from '../../domain/payment.errors.js';
import { paymentPage, receiptName } from './payments.page.js';

const PaymentId = () => Param('id', new ParseUUIDPipe({ exceptionFactory: () => new PaymentNotFound('') }));

/** One payment: its state, the way back to the bank's page, its receipt. */
@Controller('payments')
export class PaymentsController {
  private readonly logger = new Logger(PaymentsController.name);

  constructor(
    private readonly commands: CommandBus,
    private readonly queries: QueryBus,
    private readonly clock: Clock,
  ) {}

  /** The browser comes back from the bank. The address proves nothing: the state is read from the gateway. */
  @Get('return')
  async comeBack(@CurrentCitizen() citizen: Citizen, @Query('orderId') orderId?: unknown): Promise<SeeOther> {
    const paymentId =
      typeof orderId === 'string'
        ? await this.queries.execute(new PaymentOfOrderQuery(citizen.accountId, orderId))
        : null;
    if (paymentId === null) throw new PaymentNotFound('');
    try {
      await this.commands.execute(new SettlePayment(paymentId));
    } catch (error) {
      if (!(error instanceof DomainError)) throw error;
      this.logger.warn(error.message); // the page shows that the outcome is open; the job goes on asking
    }
    return seeOther(`/payments/${paymentId}`);
  }

  @Get(':id')
  async show(@CurrentCitizen() citizen: Citizen, @PaymentId() id: string): Promise<Page> {
    return page('payments/payment', paymentPage(await this.payment(citizen, id), this.clock.now()));
  }

  /** Back to the bank's page of an unfinished payment. */
  @Post(':id/continue')
  @RateLimit({ max: 30, perSeconds: 60 })
  async continue(@CurrentCitizen() citizen: Citizen, @PaymentId() id: string): Promise<Page | SeeOther> {
    try {
      return seeOther((await this.commands.execute(new OpenPaymentPage(citizen.accountId, id))) ?? `/payments/${id}`);
    } catch (error) {
      if (!(error instanceof GatewayUnavailable)) throw error;
      return page('payments/payment', paymentPage(await this.payment(citizen, id), this.clock.now(), true), {
        status: 503,
      });
    }
  }

  @Get(':id/receipt.pdf')
  async receipt(@CurrentCitizen() citizen: Citizen, @PaymentId() id: string): Promise<Download> {
    const content = await this.queries.execute(new ReceiptQuery(citizen.accountId, id));
    if (!content) throw new PaymentNotFound(id);
    return download({ content, name: receiptName(id), mediaType: 'application/pdf', bytes: content.length });
  }

  private async payment(citizen: Citizen, id: string): Promise<PaymentDetails> {
    const payment = await this.queries.execute(new PaymentQuery(citizen.accountId, id));
    if (!payment) throw new PaymentNotFound(id);
    return payment;
  }
}
