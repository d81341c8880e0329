import { AggregateRoot } from '../../../kernel/aggregate-root.js';
import { addDays, startOfLegalDay } from '../../../kernel/legal-day.js';
import { Money } from '../../../kernel/money.js';
import { type Payee } from './charge.js';
import { type PaymentOrder } from './fine.js';
import { IllegalPaymentTransition, PaidAmountDiffers } from './payment.errors.js';
import { OPEN_STATUSES, type PaymentStatus, transitionOf } from './payment-state-transitions.js';

/** What the gateway says of an order. */
export interface GatewayOrder {
  readonly orderId: string;
  readonly state: 'WAITING' | 'AUTHENTICATING' | 'PAID' | 'DECLINED' | 'REFUNDED';
  /** What was taken, or is to be taken, in kopecks. */
  readonly amountKopecks: number;
  /** The gateway's own code of the outcome; 0 is success. */
  readonly actionCode: number | null;
  /** `2200**0004`; never the whole number. */
  readonly maskedPan: string | null;
  readonly approvalCode: string | null;
  /** Reference number of the authorisation, for disputes. */
  readonly reference: string | null;
}

const SECOND = 1000;
/** The gateway's usual session (§5.1). */
const SESSION = 1200 * SECOND;
/** Room for an answer that is on its way when the session ends. */
const GRACE = 60 * SECOND;
const FIRST_CHECK = 15 * SECOND;
const FIRST_LATE_CHECK = 10 * 60 * SECOND;
/** Money that has not come a day after the session has ended does not come. */
const LATE_CHECKS_FOR = 24 * 3600 * SECOND;

/** One attempt to pay one fine. Its id is the order number at the gateway, so that no retry can make a second order. */
export class Payment extends AggregateRoot {
  private status: PaymentStatus = 'CREATED';
  private orderId: string | null = null;
  private formUrl: string | null = null;
  private settledAt: Date | null = null;
  private actionCode: number | null = null;
  private maskedPan: string | null = null;
  private approvalCode: string | null = null;
  private reference: string | null = null;
  /** When the gateway is asked next without being prompted; null when there is nothing left to ask. */
  private checkAfter: Date | null = null;
  private createdAt: Date;
  /** The gateway takes no card after this. */
  private expiresAt: Date;
  private decreeNumber = '';
  private decreeDate = '';
  private purpose = '';
  private payee!: Payee;
  private discountPercent: number | null = null;

  private constructor(
    readonly id: string,
    readonly fineId: string,
    readonly accountId: string,
    readonly uin: string,
    readonly idempotencyKey: string,
    readonly amountKopecks: number,
    now: Date,
  ) {
    super();
    this.createdAt = now;
    this.expiresAt = now;
  }

  /** The session ends with the last moment at which the sum is right: the discount is decided by when the payer authorises. */
  static begin(id: string, idempotencyKey: string, order: PaymentOrder, now: Date): Payment {
    const payment = new Payment(
      id,
      order.fineId,
      order.accountId,
      order.uin,
      idempotencyKey,
      order.amount.kopecks,
      now,
    );
    payment.decreeNumber = order.decreeNumber;
    payment.decreeDate = order.decreeDate;
    payment.purpose = order.purpose;
    payment.payee = order.payee;
    payment.discountPercent = order.discountPercent;
    const sessionEnd = now.getTime() + SESSION;
    const sumEnd = order.amountHoldsThrough && startOfLegalDay(addDays(order.amountHoldsThrough, 1)).getTime();
    payment.expiresAt = new Date(sumEnd ? Math.min(sessionEnd, sumEnd) : sessionEnd);
    payment.checkAfter = new Date(now.getTime() + FIRST_CHECK);
    return payment;
  }

  /** What to ask of the gateway: the same words at every repeat. */
  get request(): GatewayRequest {
    return {
      orderNumber: this.id,
      amount: Money.ofKopecks(this.amountKopecks),
      purpose: this.purpose,
      uin: this.uin,
      payee: this.payee,
      expiresAt: this.expiresAt,
    };
  }

  /** The gateway took the order. A repeat changes nothing. */
  registered(orderId: string, formUrl: string): void {
    this.orderId ??= orderId;
    this.formUrl ??= formUrl;
    if (this.status === 'CREATED') this.become('REGISTERED');
  }

  /** The gateway will not take the order, now or later. */
  rejected(now: Date): void {
    if (this.status !== 'CREATED') return;
    this.become('REJECTED');
    this.end(now);
  }

  /**
   * Takes in what the gateway says (null: it knows no such order). Repeats and news that are old change nothing.
   * `held` tells whether another payment holds or has settled the same charge. Throws PaidAmountDiffers.
   */
  learn(order: GatewayOrder | null, held: boolean, now: Date): void {
    if (order) this.orderId ??= order.orderId;
    if (order?.state === 'PAID') return this.tookMoney(order, held, now);
    if (order?.state === 'REFUNDED' && this.status === 'OVERPAID') return this.refunded(now);
    if (!this.isOpen) return this.noNews(now);
    if (order && this.status === 'CREATED') this.become('REGISTERED');
    if (order?.state === 'DECLINED') {
      this.become('DECLINED');
      this.actionCode = order.actionCode;
      return this.end(now);
    }
    if (order?.state === 'AUTHENTICATING' && this.status === 'REGISTERED') this.become('AUTHENTICATING');
    if (now.getTime() >= this.expiresAt.getTime() + GRACE) {
      this.become('EXPIRED');
      return this.end(now);
    }
    this.noNews(now);
  }

  /** The money of an overpaid charge went back. */
  refunded(now: Date): void {
    if (this.status !== 'OVERPAID') return;
    this.become('REFUNDED');
    this.settledAt = now;
    this.checkAfter = null;
  }

  /** This very press of the button on this fine began the payment. */
  beganWith(fineId: string, idempotencyKey: string): boolean {
    return this.fineId === fineId && this.idempotencyKey === idempotencyKey;
  }

  /** Outcome open: the fine is held by this payment. */
  get isOpen(): boolean {
    return OPEN_STATUSES.includes(this.status);
  }

  get isPaid(): boolean {
    return this.status === 'PAID';
  }

  /** Ended without money. */
  get hasFailed(): boolean {
    return this.status === 'DECLINED' || this.status === 'REJECTED' || this.status === 'EXPIRED';
  }

  /** Money to be given back, with the gateway's name of the order. */
  get owedBack(): { readonly orderId: string; readonly amount: Money } | null {
    return this.status === 'OVERPAID' && this.orderId !== null
      ? { orderId: this.orderId, amount: Money.ofKopecks(this.amountKopecks) }
      : null;
  }

  /** The payer can still give a card. */
  canBePaid(now: Date): boolean {
    return this.isOpen && now < this.expiresAt;
  }

  /** Where the payer gives the card; null while the gateway has not told. */
  get page(): string | null {
    return this.formUrl;
  }

  private tookMoney(order: GatewayOrder, held: boolean, now: Date): void {
    if (this.status === 'PAID' || this.status === 'REFUNDED') return;
    if (this.status === 'OVERPAID') {
      this.checkAfter = new Date(now.getTime() + FIRST_LATE_CHECK);
      return;
    }
    if (order.amountKopecks !== this.amountKopecks)
      throw new PaidAmountDiffers(this.id, this.amountKopecks, order.amountKopecks);
    if (this.status === 'CREATED') this.become('REGISTERED');
    this.become(held ? 'OVERPAID' : 'PAID');
    this.actionCode = order.actionCode;
    this.maskedPan = order.maskedPan;
    this.approvalCode = order.approvalCode;
    this.reference = order.reference;
    this.settledAt = now;
    this.checkAfter = held ? now : null;
  }

  private end(now: Date): void {
    this.settledAt = now;
    this.checkAfter = this.orderId === null ? null : new Date(now.getTime() + FIRST_LATE_CHECK);
  }

  /** Asks less and less often: the open every quarter of a minute at first, the ended for a day. */
  private noNews(now: Date): void {
    const since = (this.isOpen ? this.createdAt : (this.settledAt ?? this.createdAt)).getTime();
    const waited = now.getTime() - since;
    if (this.isOpen) {
      this.checkAfter = new Date(now.getTime() + Math.max(FIRST_CHECK, Math.min(waited / 4, GRACE)));
    } else if (this.checkAfter !== null) {
      this.checkAfter = waited < LATE_CHECKS_FOR ? new Date(now.getTime() + Math.max(FIRST_LATE_CHECK, waited)) : null;
    }
  }

  private become(to: PaymentStatus): void {
    const transition = transitionOf(this.status, to);
    if (!transition) throw new IllegalPaymentTransition(this.id, this.status, to);
    this.status = to;
    const event = transition.announces?.(this.fineId, this.id, this.accountId, this.amountKopecks);
    if (event) this.record(event);
  }
}

/** An order for the gateway. */
export interface GatewayRequest {
  /** Unique for ever, at most 36 characters. */
  readonly orderNumber: string;
  readonly amount: Money;
  readonly purpose: string;
  readonly uin: string;
  readonly payee: Payee;
  /** The gateway must take no card after this. */
  readonly expiresAt: Date;
}
