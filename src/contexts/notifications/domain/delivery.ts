import { type OutwardChannel } from './notification-kind.js';

/**
 * `QUEUED` waits for its time; `SENDING` is with a sender; `SENT` was accepted by the channel; `DELIVERED` was confirmed by a
 * receipt; `FAILED` was given up; `DROPPED` is no longer worth sending or has nobody to go to.
 */
export type DeliveryState = 'QUEUED' | 'SENDING' | 'SENT' | 'DELIVERED' | 'FAILED' | 'DROPPED';

/** Why it was dropped or what went wrong last; a stable word for support and logs, never an address. */
export type DeliveryProblem =
  'SETTLED' | 'SWITCHED_OFF' | 'NO_ADDRESS' | 'REFUSED' | 'UNAVAILABLE' | 'INTERRUPTED' | 'UNDELIVERED';

/** Pauses before the second and further attempts (§9.2). */
const RETRY_MINUTES = [1, 5, 30, 120] as const;
const MAX_ATTEMPTS = RETRY_MINUTES.length + 1;

/** Longer than any channel's own time-outs: after it a sender that took the delivery is taken for dead. */
const LEASE_MINUTES = 5;

const after = (now: Date, minutes: number): Date => new Date(now.getTime() + minutes * 60_000);

/** One notification on its way through one channel. Unique by account, kind, event and channel, so nothing is queued twice. */
export class Delivery {
  private constructor(
    readonly id: string,
    readonly notificationId: string,
    readonly accountId: string,
    readonly kind: string,
    readonly eventId: string,
    readonly channel: OutwardChannel,
    readonly title: string,
    readonly body: string,
    /** What must still be so for the message to make sense: `fine-due:<id>`, `application-waits:<id>`. Null: it always does. */
    readonly about: string | null,
    private state: DeliveryState,
    private attempts: number,
    private nextAttemptAt: Date | null,
    private problem: DeliveryProblem | null,
    readonly createdAt: Date,
  ) {}

  static queue(message: {
    id: string;
    notificationId: string;
    accountId: string;
    kind: string;
    eventId: string;
    channel: OutwardChannel;
    title: string;
    body: string;
    about: string | null;
    sendAt: Date;
    now: Date;
  }): Delivery {
    const { id, notificationId, accountId, kind, eventId, channel, title, body, about, sendAt, now } = message;
    return new Delivery(
      id,
      notificationId,
      accountId,
      kind,
      eventId,
      channel,
      title,
      body,
      about,
      'QUEUED',
      0,
      sendAt,
      null,
      now,
    );
  }

  get outcome(): {
    readonly state: DeliveryState;
    readonly attempts: number;
    readonly problem: DeliveryProblem | null;
  } {
    return { state: this.state, attempts: this.attempts, problem: this.problem };
  }

  /** When it will be looked at next; null once it is over. */
  get dueAt(): Date | null {
    return this.nextAttemptAt;
  }

  /**
   * A sender takes it. Saved before anything leaves: should the sender die, the delivery comes back when the lease ends. False
   * when it has come back so often that it is given up.
   */
  take(now: Date): boolean {
    if (this.attempts >= MAX_ATTEMPTS) {
      this.end('FAILED', 'INTERRUPTED');
      return false;
    }
    this.attempts += 1;
    this.state = 'SENDING';
    this.nextAttemptAt = after(now, LEASE_MINUTES);
    return true;
  }

  /** Its hour has not come; that was no attempt. */
  postpone(until: Date): void {
    this.attempts -= 1;
    this.state = 'QUEUED';
    this.nextAttemptAt = until;
  }

  /** The channel accepted it. */
  handedOver(): void {
    this.end('SENT', null);
  }

  /** It did not work this time: tried again after 1, 5, 30 minutes and 2 hours, or later when the channel says so. */
  failedOnce(problem: DeliveryProblem, now: Date, notBefore: Date | null = null): void {
    const pause = RETRY_MINUTES[this.attempts - 1];
    if (pause === undefined) {
      this.end(problem === 'NO_ADDRESS' ? 'DROPPED' : 'FAILED', problem);
      return;
    }
    const retryAt = after(now, pause);
    this.state = 'QUEUED';
    this.problem = problem;
    this.nextAttemptAt = notBefore && notBefore > retryAt ? notBefore : retryAt;
  }

  /** Trying again is of no use: the channel refused the address or the message. */
  refused(): void {
    this.end('FAILED', 'REFUSED');
  }

  /** It makes no sense any more. */
  drop(problem: DeliveryProblem): void {
    this.end('DROPPED', problem);
  }

  private end(state: DeliveryState, problem: DeliveryProblem | null): void {
    this.state = state;
    this.problem = problem;
    this.nextAttemptAt = null;
  }
}
