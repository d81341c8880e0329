import { Body, Controller, ForbiddenException, Get, Header, HttpCode, Post, Query } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import { Public } from '../../../../platform/http/principal.js';
import { PaymentGateway } from '../../application/ports/payment-gateway.js';
import { SettlePayment } from '../../application/settle-payment.js';
import { PaymentNotFound } from '../../domain/payment.errors.js';

const UUID = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

/**
 * The bank tells our server that something happened to an order: by GET or by POST, in the query or in a form. The signature
 * only proves that the bank speaks; what happened is read back from its gateway. A repeat gets the same answer and changes nothing.
 */
@Public()
@Controller('callbacks/bank')
export class BankCallbackController {
  constructor(
    private readonly gateway: PaymentGateway,
    private readonly commands: CommandBus,
  ) {}

  @Get()
  @Header('content-type', 'text/plain')
  receive(@Query() query: object): Promise<string> {
    return this.settle(query);
  }

  @Post()
  @HttpCode(200)
  @Header('content-type', 'text/plain')
  receivePosted(@Query() query: object, @Body() form: object | undefined): Promise<string> {
    return this.settle({ ...query, ...form });
  }

  private async settle(parameters: object): Promise<string> {
    const orderNumber = this.gateway.orderNumberOf(singleValues(parameters));
    if (orderNumber === null) throw new ForbiddenException();
    if (!UUID.test(orderNumber)) throw new PaymentNotFound(orderNumber);
    await this.commands.execute(new SettlePayment(orderNumber));
    return 'OK';
  }
}

/** A parameter given twice makes the signature wrong, whichever of the two it was made over. */
const singleValues = (parameters: object): Record<string, string> =>
  Object.fromEntries(
    Object.entries(parameters).filter((entry): entry is [string, string] => typeof entry[1] === 'string'),
  );
