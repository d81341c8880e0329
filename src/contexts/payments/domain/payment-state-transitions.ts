import { type DomainEvent } from '../../../kernel/domain-event.js';
import { FinePaid, FinePaymentFailed } from './fine.events.js';

export const PAYMENT_STATUSES = [
  /** Saved; the gateway may or may not have heard of it. */
  'CREATED',
  /** The gateway waits for the payer's card. */
  'REGISTERED',
  /** The payer's bank asks for a confirmation (3-D Secure). */
  'AUTHENTICATING',
  'PAID',
  'DECLINED',
  /** The gateway would not take the order at all. */
  'REJECTED',
  /** The window was closed, or no answer came while the session lasted. */
  'EXPIRED',
  /** Money came although another payment holds the fine: it goes back. */
  'OVERPAID',
  'REFUNDED',
] as const;
export type PaymentStatus = (typeof PAYMENT_STATUSES)[number];

/** What is announced of a payment, by its fine, its own id, its account and its sum in kopecks. */
type Announcement = (fineId: string, paymentId: string, accountId: string, amountKopecks: number) => DomainEvent;

interface PaymentTransition {
  readonly from: PaymentStatus;
  readonly to: PaymentStatus;
  readonly announces: Announcement | null;
}

const paid: Announcement = (...facts) => new FinePaid(...facts);
const failed: Announcement = (fineId, paymentId, accountId) => new FinePaymentFailed(fineId, paymentId, accountId);

/** Every step a payment can take; what is not here does not happen. */
export const PAYMENT_TRANSITIONS: readonly PaymentTransition[] = [
  { from: 'CREATED', to: 'REGISTERED', announces: null },
  { from: 'CREATED', to: 'REJECTED', announces: failed },
  { from: 'CREATED', to: 'EXPIRED', announces: failed },
  { from: 'REGISTERED', to: 'AUTHENTICATING', announces: null },
  { from: 'REGISTERED', to: 'PAID', announces: paid },
  { from: 'REGISTERED', to: 'DECLINED', announces: failed },
  { from: 'REGISTERED', to: 'EXPIRED', announces: failed },
  { from: 'AUTHENTICATING', to: 'PAID', announces: paid },
  { from: 'AUTHENTICATING', to: 'DECLINED', announces: failed },
  { from: 'AUTHENTICATING', to: 'EXPIRED', announces: failed },
  // Late money: gateways of this family let a payer try again after a refusal, and may answer after the session has ended.
  { from: 'DECLINED', to: 'PAID', announces: paid },
  { from: 'EXPIRED', to: 'PAID', announces: paid },
  { from: 'DECLINED', to: 'OVERPAID', announces: null },
  { from: 'EXPIRED', to: 'OVERPAID', announces: null },
  { from: 'OVERPAID', to: 'REFUNDED', announces: null },
];

/** Statuses in which the outcome is open and the fine is held. */
export const OPEN_STATUSES: readonly PaymentStatus[] = ['CREATED', 'REGISTERED', 'AUTHENTICATING'];

export const transitionOf = (from: PaymentStatus, to: PaymentStatus): PaymentTransition | undefined =>
  PAYMENT_TRANSITIONS.find((transition) => transition.from === from && transition.to === to);
