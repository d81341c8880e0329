import { randomInt, randomUUID } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';

/** The gateway's own numbers: 0 created, 2 paid, 4 refunded, 5 at the issuer's ACS, 6 declined. */
export type OrderStatus = 0 | 2 | 4 | 5 | 6;

/** The issuer refused for want of money. */
export const NO_MONEY = 116;
/** The payer gave wrong codes at the ACS. */
export const NOT_AUTHENTICATED = -2006;
/** Nobody paid while the session lasted. */
export const TIMED_OUT = -2007;

export interface Order {
  readonly orderId: string;
  readonly orderNumber: string;
  readonly amount: number;
  readonly description: string;
  readonly returnUrl: string;
  readonly callbackUrl: string | null;
  /** `jsonParams` of the registration, as sent. */
  readonly params: Readonly<Record<string, string>>;
  /** Milliseconds since 1970. */
  readonly createdAt: number;
  readonly expiresAt: number;
  status: OrderStatus;
  actionCode: number;
  pan: string | null;
  approvalCode: string | null;
  reference: string | null;
  paidAt: number | null;
  wrongCodes: number;
  /** The issuer never answers: the order stays as it is, even after its session. */
  stuck: boolean;
  /** ГИС ГМП has been told of the payment. */
  noticed: boolean;
}

/** What happened to an order, in the words of a callback. */
export type Operation = 'deposited' | 'refunded' | 'declinedByTimeout' | 'declined';

type NewOrder = Pick<Order, 'orderNumber' | 'amount' | 'description' | 'returnUrl' | 'callbackUrl' | 'params'>;

/** All orders of the merchant. With a file they survive a restart of the sandbox. */
export class Orders {
  private readonly byId = new Map<string, Order>();
  private readonly byNumber = new Map<string, Order>();

  constructor(
    private readonly file: string | null,
    private readonly now: () => number,
    /** Hears of every outcome. */
    private readonly tell: (order: Order, operation: Operation) => void,
  ) {
    if (file === null || !existsSync(file)) return;
    for (const order of JSON.parse(readFileSync(file, 'utf8')) as Order[]) this.index(order);
  }

  get all(): Order[] {
    return [...this.byId.values()];
  }

  ofId(orderId: string): Order | undefined {
    return this.byId.get(orderId);
  }

  ofNumber(orderNumber: string): Order | undefined {
    return this.byNumber.get(orderNumber);
  }

  /** Null when the number is taken. */
  register(order: NewOrder, sessionSeconds: number): Order | null {
    if (this.byNumber.has(order.orderNumber)) return null;
    const created: Order = {
      ...order,
      orderId: randomUUID(),
      createdAt: this.now(),
      expiresAt: this.now() + sessionSeconds * 1000,
      status: 0,
      actionCode: -100,
      pan: null,
      approvalCode: null,
      reference: null,
      paidAt: null,
      wrongCodes: 0,
      stuck: false,
      noticed: false,
    };
    this.index(created);
    this.keep();
    return created;
  }

  pay(order: Order, pan: string): void {
    order.status = 2;
    order.actionCode = 0;
    order.pan = pan;
    order.approvalCode = String(randomInt(100_000, 1_000_000));
    order.reference = String(randomInt(1e11, 1e12));
    order.paidAt = this.now();
    this.ended(order, 'deposited');
  }

  decline(order: Order, actionCode: number, pan: string | null): void {
    order.status = 6;
    order.actionCode = actionCode;
    order.pan = pan;
    this.ended(order, actionCode === TIMED_OUT ? 'declinedByTimeout' : 'declined');
  }

  toConfirmation(order: Order, pan: string): void {
    order.status = 5;
    order.pan = pan;
    this.keep();
  }

  /** From here on the order never changes by itself. */
  silence(order: Order, pan: string): void {
    order.stuck = true;
    this.toConfirmation(order, pan);
  }

  refund(order: Order): void {
    order.status = 4;
    this.ended(order, 'refunded');
  }

  wasNoticed(order: Order): void {
    order.noticed = true;
    this.keep();
  }

  /** Ends the sessions whose time is over. */
  expire(): void {
    for (const order of this.byId.values())
      if ((order.status === 0 || order.status === 5) && !order.stuck && this.now() >= order.expiresAt)
        this.decline(order, TIMED_OUT, order.pan);
  }

  private ended(order: Order, operation: Operation): void {
    this.keep();
    this.tell(order, operation);
  }

  private index(order: Order): void {
    this.byId.set(order.orderId, order);
    this.byNumber.set(order.orderNumber, order);
  }

  private keep(): void {
    if (this.file === null) return;
    mkdirSync(dirname(this.file), { recursive: true });
    writeFileSync(`${this.file}.new`, JSON.stringify(this.all));
    renameSync(`${this.file}.new`, this.file);
  }
}
