import { type Money } from '../../../../kernel/money.js';
import { type GatewayOrder, type GatewayRequest } from '../../domain/payment.js';

/** A bank that takes cards on its own page. Every method throws GatewayUnavailable when the outcome is unknown. */
export abstract class PaymentGateway {
  /** Repeating a request with the same order number gives the same order. Throws OrderRefused. */
  abstract register(request: GatewayRequest): Promise<{ readonly orderId: string; readonly formUrl: string }>;

  /** The only truth about a payment. Null when the gateway knows no such order. */
  abstract order(orderNumber: string): Promise<GatewayOrder | null>;

  /** Gives all the money back; repeating it gives nothing twice. */
  abstract refund(orderId: string, amount: Money): Promise<void>;

  /** The number of the order a genuine callback is about; null for a callback that the gateway did not sign. */
  abstract orderNumberOf(callback: Readonly<Record<string, string>>): string | null;
}
