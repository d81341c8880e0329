import { createHmac } from 'node:crypto';
import { type Operation, type Order } from './orders.js';

/** How the bank behaves with its callbacks. */
export const CALLBACK_MANNERS = {
  'at-once': 'сразу, одновременно с возвратом',
  'before-return': 'до возврата плательщика',
  twice: 'дважды',
  late: 'через минуту',
  forged: 'с неверной подписью',
  never: 'никогда',
} as const;
export type CallbackManner = keyof typeof CALLBACK_MANNERS;

interface Due {
  readonly order: Order;
  readonly operation: Operation;
  readonly attempt: number;
  readonly at: number;
}

const LATE_MS = 60_000;
const ATTEMPTS = 6;
const TIMEOUT_MS = 5000;

/** Checksum of a callback: `name;value;` of the sorted parameters, HMAC-SHA256, capitals. */
export const checksumOf = (parameters: Readonly<Record<string, string>>, key: string): string =>
  createHmac('sha256', key)
    .update(
      Object.entries(parameters)
        .sort(([a], [b]) => (a < b ? -1 : 1))
        .map(([name, value]) => `${name};${value};`)
        .join(''),
    )
    .digest('hex')
    .toUpperCase();

/** Tells the merchant's server what happened, again after a failure, in the manner chosen on the page. */
export class Callbacks {
  manner: CallbackManner = 'at-once';
  private waiting: Due[] = [];
  private inFlight: Promise<unknown> = Promise.resolve();

  constructor(
    private readonly key: string,
    private readonly now: () => number,
  ) {}

  /** Plans what the manner says. */
  plan(order: Order, operation: Operation): void {
    if (order.callbackUrl === null || this.manner === 'never') return;
    const at = this.now() + (this.manner === 'late' ? LATE_MS : 0);
    const due = { order, operation, attempt: 1, at };
    this.waiting.push(due, ...(this.manner === 'twice' ? [{ ...due, at: at + 1000 }] : []));
  }

  /** Sends what is due and waits for the answers: the manner «before the payer returns» waits for it too. */
  async deliver(): Promise<void> {
    const due = this.waiting.filter(({ at }) => at <= this.now());
    this.waiting = this.waiting.filter(({ at }) => at > this.now());
    this.inFlight = Promise.all([this.inFlight, ...due.map((callback) => this.send(callback))]);
    await this.inFlight;
  }

  private async send(callback: Due): Promise<void> {
    const { order, operation, attempt } = callback;
    const parameters: Record<string, string> = {
      mdOrder: order.orderId,
      orderNumber: order.orderNumber,
      operation,
      status: operation === 'deposited' || operation === 'refunded' ? '1' : '0',
      amount: String(order.amount),
    };
    const checksum = checksumOf(parameters, this.manner === 'forged' ? 'another key' : this.key);
    const url = `${order.callbackUrl}?${new URLSearchParams({ ...parameters, checksum }).toString()}`;
    const accepted = await fetch(url, { signal: AbortSignal.timeout(TIMEOUT_MS) }).then(
      async (answer) => {
        await answer.arrayBuffer();
        return answer.ok;
      },
      () => false,
    );
    if (!accepted && attempt < ATTEMPTS)
      this.waiting.push({ ...callback, attempt: attempt + 1, at: this.now() + 1000 * 2 ** attempt });
  }
}
