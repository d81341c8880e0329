import { Body, Controller, Get, Logger, Param, ParseUUIDPipe, Post, Query } from '@nestjs/common';
import { CommandBus, QueryBus } from '@nestjs/cqrs';
import { page, type Page, type SeeOther, seeOther } from '../../../../platform/http/page.js';
import { type Citizen, CurrentCitizen } from '../../../../platform/http/principal.js';
import { RateLimit } from '../../../../platform/http/rate-limit.js';
import { readForm } from '../../../../platform/http/read-form.js';
import { VehicleDocumentsQuery } from '../../../profile/public.js';
import { type FineDetails, FineQuery, FinesQuery } from '../../application/fines.query.js';
import { OpenPaymentPage } from '../../application/open-payment-page.js';
import { GatewayUnavailable } from '../../application/ports/outside.errors.js';
import { RefreshFines } from '../../application/refresh-fines.js';
import { StartFinePayment } from '../../application/start-fine-payment.js';
import { AmountChanged, FineNotFound, PaymentInProgress } from '../../domain/fine.errors.js';
import { finePage, finesPage, inProgressPage, readMark } from './fines.page.js';
import { PayForm } from './pay.form.js';

const FineId = () => Param('id', new ParseUUIDPipe({ exceptionFactory: () => new FineNotFound('') }));

/** «Штрафы»: found by themselves for the vehicles of the cabinet, paid from the row. Every account level may pay a fine. */
@Controller('fines')
export class FinesController {
  private readonly logger = new Logger(FinesController.name);

  constructor(
    private readonly commands: CommandBus,
    private readonly queries: QueryBus,
  ) {}

  @Get()
  async list(@CurrentCitizen() citizen: Citizen, @Query('after') after?: string): Promise<Page> {
    const mark = readMark(after);
    const view = await this.queries.execute(new FinesQuery(citizen.accountId, mark));
    return page('payments/fines', finesPage(view, mark === null));
  }

  @Post('refresh')
  @RateLimit({ max: 6, perSeconds: 60 })
  async refresh(@CurrentCitizen() citizen: Citizen): Promise<SeeOther> {
    await this.commands.execute(new RefreshFines({ accountId: citizen.accountId }));
    const { watch } = await this.queries.execute(new FinesQuery(citizen.accountId));
    return seeOther('/fines', watch.registryDown ? {} : { notice: 'payments.fines-refreshed' });
  }

  @Get(':id')
  async show(@CurrentCitizen() citizen: Citizen, @FineId() id: string): Promise<Page> {
    const fine = await this.fine(citizen, id);
    return page('payments/fine', finePage(fine, await this.vehicleOf(fine)));
  }

  @Post(':id/pay')
  @RateLimit({ max: 30, perSeconds: 60 })
  async pay(@CurrentCitizen() citizen: Citizen, @FineId() id: string, @Body() body: unknown): Promise<Page | SeeOther> {
    const { form, errors } = await readForm(PayForm, body);
    if (errors) {
      const fine = await this.fine(citizen, id);
      return page('payments/fine', finePage(fine, await this.vehicleOf(fine), { errors }), { status: 422 });
    }
    try {
      const paymentId = await this.commands.execute(
        new StartFinePayment(citizen.accountId, id, form.idempotencyKey, form.quotedKopecks),
      );
      return seeOther(await this.bankPageOf(citizen, paymentId));
    } catch (error) {
      if (error instanceof PaymentInProgress)
        return page('payments/in-progress', inProgressPage(id, error.paymentId), { status: 409 });
      if (!(error instanceof AmountChanged)) throw error;
      const fine = await this.fine(citizen, id);
      return page('payments/fine', finePage(fine, await this.vehicleOf(fine), { changed: true }), { status: 409 });
    }
  }

  /** The bank's page, or our own page of the payment when there is no bank's page to go to. */
  private async bankPageOf(citizen: Citizen, paymentId: string): Promise<string> {
    try {
      const bankPage = await this.commands.execute(new OpenPaymentPage(citizen.accountId, paymentId));
      return bankPage ?? `/payments/${paymentId}`;
    } catch (error) {
      if (error instanceof GatewayUnavailable) return `/payments/${paymentId}`;
      throw error;
    }
  }

  private async fine(citizen: Citizen, id: string): Promise<FineDetails> {
    const fine = await this.queries.execute(new FineQuery(citizen.accountId, id));
    if (!fine) throw new FineNotFound(id);
    return fine;
  }

  /** Which car it was; the page stands without it when the car is gone or the profile does not answer. */
  private async vehicleOf({ vehicleId }: FineDetails): Promise<string | null> {
    try {
      const vehicle = await this.queries.execute(new VehicleDocumentsQuery(vehicleId));
      return vehicle && `${vehicle.make}, ${vehicle.grz}`;
    } catch (error) {
      this.logger.warn(error instanceof Error ? error.message : String(error));
      return null;
    }
  }
}
