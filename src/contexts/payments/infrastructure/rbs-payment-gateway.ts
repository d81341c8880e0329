import { Injectable } from '@nestjs/common';
import { createHmac, timingSafeEqual } from 'node:crypto';
import { request } from 'undici';
import { Clock } from '../../../kernel/clock.js';
import { type Money } from '../../../kernel/money.js';
import { Config } from '../../../platform/config/config.js';
import { GatewayUnavailable, OrderRefused } from '../application/ports/outside.errors.js';
import { PaymentGateway } from '../application/ports/payment-gateway.js';
import { type GatewayOrder, type GatewayRequest } from '../domain/payment.js';
import { OutsideCalls, type OutsideLine, readJson, UnreadableAnswer } from './outside-calls.js';

/** Numbers of answers (external systems §5.1). Success is a missing code, 0 or "0". */
const TAKEN = '1';
const NO_SUCH_ORDER = '6';
/** The gateway's own trouble: worth another try. */
const SYSTEM_ERROR = '7';
const RUBLES = '643';

/** Bank acquiring of the RBS family: form-urlencoded requests, a hosted payment page, signed callbacks. */
@Injectable()
export class RbsPaymentGateway extends PaymentGateway {
  private readonly line: OutsideLine;

  constructor(
    private readonly config: Config,
    private readonly clock: Clock,
    calls: OutsideCalls,
  ) {
    super();
    this.line = calls.to('Bank');
  }

  override async register(order: GatewayRequest): Promise<{ orderId: string; formUrl: string }> {
    const { payee } = order;
    const answer = await this.call('register.do', {
      orderNumber: order.orderNumber,
      amount: String(order.amount.kopecks),
      currency: RUBLES,
      returnUrl: this.config.bank.returnUrl,
      description: order.purpose.slice(0, 512),
      language: 'ru',
      sessionTimeoutSecs: String(
        Math.max(1, Math.floor((order.expiresAt.getTime() - this.clock.now().getTime()) / 1000)),
      ),
      jsonParams: JSON.stringify({
        callbackUrl: this.config.bank.callbackUrl,
        uin: order.uin,
        payeeName: payee.name,
        payeeInn: payee.inn,
        payeeKpp: payee.kpp,
        payeeAccount: payee.account,
        payeeBik: payee.bik,
        kbk: payee.kbk,
        oktmo: payee.oktmo,
      }),
    });
    if (answer.orderId && answer.formUrl) return { orderId: answer.orderId, formUrl: answer.formUrl };
    // Our order numbers are unique for ever, so a number that is taken is this very order, registered by a call whose answer was lost.
    if (codeOf(answer) === TAKEN) return this.registered(order.orderNumber);
    throw new OrderRefused(codeOf(answer));
  }

  override async order(orderNumber: string): Promise<GatewayOrder | null> {
    const answer = await this.call('getOrderStatusExtended.do', { orderNumber });
    if (codeOf(answer) === NO_SUCH_ORDER) return null;
    const orderId = answer.attributes?.find(({ name }) => name === 'mdOrder')?.value;
    const state = STATES[answer.orderStatus ?? -1];
    if (!orderId || !state || typeof answer.amount !== 'number') throw new GatewayUnavailable();
    return {
      orderId,
      state,
      amountKopecks: answer.amount,
      actionCode: answer.actionCode ?? null,
      maskedPan: answer.cardAuthInfo?.pan ?? null,
      approvalCode: answer.cardAuthInfo?.approvalCode ?? null,
      reference: answer.authRefNum ?? null,
    };
  }

  override async refund(orderId: string, amount: Money): Promise<void> {
    const answer = await this.call('refund.do', { orderId, amount: String(amount.kopecks) });
    if (codeOf(answer) !== '0') throw new OrderRefused(codeOf(answer));
  }

  override orderNumberOf(callback: Readonly<Record<string, string>>): string | null {
    const { checksum = '', sign_alias: _alias, ...signed } = callback;
    const text = Object.keys(signed)
      .sort()
      .map((name) => `${name};${signed[name]};`)
      .join('');
    const expected = createHmac('sha256', this.config.bank.callbackKey).update(text).digest();
    const given = Buffer.from(checksum, 'hex');
    return given.length === expected.length && timingSafeEqual(given, expected) ? (callback.orderNumber ?? null) : null;
  }

  private async registered(orderNumber: string): Promise<{ orderId: string; formUrl: string }> {
    const order = await this.order(orderNumber);
    if (!order) throw new GatewayUnavailable();
    return {
      orderId: order.orderId,
      formUrl: `${this.config.bank.pageUrl}?mdOrder=${encodeURIComponent(order.orderId)}`,
    };
  }

  private call(method: string, parameters: Readonly<Record<string, string>>): Promise<RbsAnswer> {
    const { url, userName, password } = this.config.bank;
    return this.line.run(
      async (signal) => {
        const { statusCode, body } = await request(`${url}/payment/rest/${method}`, {
          method: 'POST',
          headers: { 'content-type': 'application/x-www-form-urlencoded' },
          body: new URLSearchParams({ userName, password, ...parameters }).toString(),
          signal,
        });
        const text = await body.text();
        if (statusCode !== 200) throw new UnreadableAnswer(`HTTP ${statusCode}`);
        const answer = readJson<RbsAnswer>(text);
        if (codeOf(answer) === SYSTEM_ERROR) throw new UnreadableAnswer('system error');
        return answer;
      },
      () => new GatewayUnavailable(),
    );
  }
}

interface RbsAnswer {
  readonly errorCode?: string | number;
  readonly orderId?: string;
  readonly formUrl?: string;
  readonly orderStatus?: number;
  readonly actionCode?: number;
  readonly amount?: number;
  readonly attributes?: readonly { readonly name: string; readonly value: string }[];
  readonly cardAuthInfo?: { readonly pan?: string; readonly approvalCode?: string };
  readonly authRefNum?: string;
}

const codeOf = ({ errorCode }: RbsAnswer): string => String(errorCode ?? '0');

/** By `orderStatus`. A one-stage order is never held (1), but if it were, the outcome would still be open. */
const STATES: Readonly<Record<number, GatewayOrder['state']>> = {
  0: 'WAITING',
  1: 'AUTHENTICATING',
  2: 'PAID',
  3: 'REFUNDED',
  4: 'REFUNDED',
  5: 'AUTHENTICATING',
  6: 'DECLINED',
};
