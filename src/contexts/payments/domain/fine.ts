import { AggregateRoot } from '../../../kernel/aggregate-root.js';
import { legalDayOf } from '../../../kernel/legal-day.js';
import { Money } from '../../../kernel/money.js';
import { type Charge, type Payee } from './charge.js';
import { amountDueAt, type Discount, type DiscountTerms, discountTerms, type RegistryDiscount } from './discount.js';
import { type PolicySet } from './discount-policy.js';
import { AmountChanged, FineAlreadyPaid, FineCancelled, PayeeUnknown, PaymentInProgress } from './fine.errors.js';
import { FineFound } from './fine.events.js';

export const FINE_STATUSES = ['UNPAID', 'PAYMENT_PENDING', 'PAID', 'CANCELLED'] as const;
export type FineStatus = (typeof FINE_STATUSES)[number];

/** An unpaid fine as the register of fines lists it. */
export interface RegisteredFine {
  readonly uin: string;
  readonly decreeNumber: string;
  /** `YYYY-MM-DD`. */
  readonly decreeDate: string;
  /** ISO instant of the offence. */
  readonly offenceAt: string | null;
  /** Article of КоАП as written by the register (`12.9ч.2`). */
  readonly article: string | null;
  readonly offence: string;
  readonly department: string | null;
  readonly amount: Money;
  /** Terms the register sent; null when it sent none. */
  readonly discount: RegistryDiscount | null;
}

/** The moment of a look into the register and the rules it is read by. */
export interface Reading {
  readonly asOf: Date;
  readonly policySet: PolicySet;
}

/**
 * A traffic fine in one account: what the register said last, what is due, and how far its payment is.
 * Identified by account and УИН: a fine that two vehicles or two people see is still one obligation.
 */
export class Fine extends AggregateRoot {
  private status: FineStatus = 'UNPAID';
  private decreeNumber = '';
  private decreeDate = '';
  private offenceAt: Date | null = null;
  private article: string | null = null;
  private offence = '';
  private department: string | null = null;
  private purpose = '';
  private amountKopecks = 0;
  private termsSource: DiscountTerms['source'] = 'POLICY';
  private policyCode: string | null = null;
  private discountPossible = false;
  private discountPercent: number | null = null;
  private discountedKopecks: number | null = null;
  private discountUntil: string | null = null;
  /** Part of the sum that somebody paid elsewhere. */
  private alreadyPaidKopecks = 0;
  private payee: Payee | null = null;
  private activePaymentId: string | null = null;
  private paidKopecks: number | null = null;
  private settledAt: Date | null = null;
  private asOf: Date;

  private constructor(
    readonly id: string,
    readonly accountId: string,
    readonly uin: string,
    readonly vehicleId: string,
    private readonly foundAt: Date,
  ) {
    super();
    this.asOf = foundAt;
  }

  /** The register lists a fine this account did not have: FineFound. */
  static found(
    id: string,
    owner: { accountId: string; vehicleId: string },
    listed: RegisteredFine,
    reading: Reading,
  ): Fine {
    const fine = new Fine(id, owner.accountId, listed.uin, owner.vehicleId, reading.asOf);
    fine.purpose = listed.offence;
    fine.listed(listed, reading);
    fine.record(
      new FineFound(
        fine.id,
        fine.accountId,
        fine.amountKopecks,
        fine.discountedAt(reading.asOf),
        fine.discountUntilAt(reading.asOf),
      ),
    );
    return fine;
  }

  /** The register lists the fine still. A payment under way or made keeps the sum and the terms it was made on. */
  listed(listed: RegisteredFine, { asOf, policySet }: Reading): void {
    if (asOf < this.asOf) return;
    if (this.status === 'PAID' || this.status === 'PAYMENT_PENDING') return;
    this.status = 'UNPAID';
    this.settledAt = null;
    this.asOf = asOf;
    this.decreeNumber = listed.decreeNumber;
    this.decreeDate = listed.decreeDate;
    this.offenceAt = listed.offenceAt === null ? null : new Date(listed.offenceAt);
    this.article = listed.article;
    this.offence = listed.offence;
    this.department = listed.department;
    this.amountKopecks = listed.amount.kopecks;
    this.take(
      discountTerms(
        {
          kind: 'FINE',
          amount: listed.amount,
          decreeDate: listed.decreeDate,
          offenceDate: this.offenceAt && legalDayOf(this.offenceAt),
          article: listed.article,
        },
        listed.discount,
        policySet,
        legalDayOf(asOf),
      ),
    );
  }

  /** The register of charges told more: whom to pay, in which words, and whether it was settled or withdrawn elsewhere. */
  chargeKnown(charge: Charge, asOf: Date): void {
    this.payee = charge.payee;
    if (charge.purpose !== '') this.purpose = charge.purpose;
    if (this.status !== 'UNPAID') return;
    this.alreadyPaidKopecks = charge.status === 'PARTIALLY_PAID' ? charge.amount.minus(charge.left).kopecks : 0;
    if (charge.status === 'CANCELLED' || charge.status === 'PAID') {
      this.status = charge.status;
      this.settledAt = asOf;
      this.asOf = asOf;
    }
  }

  /** What settles the fine at this instant: the discounted sum while it lasts, less what was paid elsewhere (§10.3 rule 5). */
  amountDueAt(instant: Date): Money {
    return this.sumAt(instant).minus(Money.ofKopecks(this.alreadyPaidKopecks));
  }

  /**
   * The payer authorises `quoted`, the sum shown to them. From here on no other payment can begin until this one ends.
   * Throws PaymentInProgress, FineAlreadyPaid, FineCancelled, AmountChanged, PayeeUnknown.
   */
  beginPayment(paymentId: string, quoted: Money, now: Date): PaymentOrder {
    if (this.status === 'PAYMENT_PENDING') throw new PaymentInProgress(this.activePaymentId);
    if (this.status === 'PAID') throw new FineAlreadyPaid(this.id);
    if (this.status === 'CANCELLED') throw new FineCancelled(this.id);
    const due = this.amountDueAt(now);
    if (!due.equals(quoted)) throw new AmountChanged(this.id, due.kopecks);
    if (due.isZero()) throw new FineAlreadyPaid(this.id);
    if (!this.payee) throw new PayeeUnknown(this.id);
    const discounted = this.discountedAt(now) !== null;
    this.status = 'PAYMENT_PENDING';
    this.activePaymentId = paymentId;
    return {
      fineId: this.id,
      accountId: this.accountId,
      uin: this.uin,
      decreeNumber: this.decreeNumber,
      decreeDate: this.decreeDate,
      purpose: this.purpose,
      payee: this.payee,
      amount: due,
      discountPercent: discounted ? this.discountPercent : null,
      amountHoldsThrough: discounted ? this.discountUntil : null,
    };
  }

  /** The payment took the money. One that was given up already, or that the register told of first, settles the fine just the same. */
  settledBy(paymentId: string, paid: Money, now: Date): void {
    if (this.status === 'PAID' && this.activePaymentId !== null) return;
    this.status = 'PAID';
    this.activePaymentId = paymentId;
    this.paidKopecks = paid.kopecks;
    this.settledAt = now;
  }

  /** The payment ended without money: the fine can be paid anew. */
  releasedBy(paymentId: string): void {
    if (this.status !== 'PAYMENT_PENDING' || this.activePaymentId !== paymentId) return;
    this.status = 'UNPAID';
    this.activePaymentId = null;
  }

  /** Unpaid and not being paid: its absence from the register needs an explanation. */
  get isOpen(): boolean {
    return this.status === 'UNPAID';
  }

  get knowsPayee(): boolean {
    return this.payee !== null;
  }

  private sumAt(instant: Date): Money {
    return amountDueAt(Money.ofKopecks(this.amountKopecks), this.discount, instant);
  }

  private get discount(): Discount | null {
    return this.discountedKopecks === null
      ? null
      : {
          percent: this.discountPercent,
          amountDue: Money.ofKopecks(this.discountedKopecks),
          validThrough: this.discountUntil,
        };
  }

  private take({ source, policyCode, discount, possible }: DiscountTerms): void {
    this.termsSource = source;
    this.policyCode = policyCode;
    this.discountPossible = possible;
    this.discountPercent = discount?.percent ?? null;
    this.discountedKopecks = discount?.amountDue.kopecks ?? null;
    this.discountUntil = discount?.validThrough ?? null;
  }

  private discountedAt(instant: Date): number | null {
    const sum = this.sumAt(instant).kopecks;
    return sum < this.amountKopecks ? sum : null;
  }

  private discountUntilAt(instant: Date): string | null {
    return this.discountedAt(instant) === null ? null : this.discountUntil;
  }
}

/** Everything a payment needs to know of the fine at the moment of authorisation; kept with the payment for ever. */
export interface PaymentOrder {
  readonly fineId: string;
  readonly accountId: string;
  readonly uin: string;
  readonly decreeNumber: string;
  readonly decreeDate: string;
  readonly purpose: string;
  readonly payee: Payee;
  readonly amount: Money;
  readonly discountPercent: number | null;
  /** Last day on which `amount` settles the fine; null when it always does. */
  readonly amountHoldsThrough: string | null;
}
