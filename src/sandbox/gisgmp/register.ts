import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { dateOfPaymentId, isPaymentId, isUin, shiftDay } from './checks.js';

/** What the road police know of an offence; a charge without it is not a traffic fine. */
export interface Offence {
  /** Plate without the region, region, and certificate, as the form of the check sends them. */
  readonly regnum: string;
  readonly regreg: string;
  readonly sts: string;
  /** `YYYY-MM-DD HH:MM:SS`, Moscow. */
  readonly offenceAt: string;
  readonly decreeDate: string;
  readonly article: string;
  readonly text: string;
}

/** Discount as the register sends it: `none` says so explicitly, null sends nothing. */
export type SentDiscount = { readonly percent: number; readonly until: string } | 'none' | null;

export interface RegisteredCharge {
  readonly uin: string;
  /** ISO instant. */
  readonly billDate: string;
  readonly amount: number;
  readonly purpose: string;
  readonly kbk: string;
  readonly oktmo: string;
  readonly payee: 'police' | 'tax';
  readonly payers: readonly string[];
  readonly discount: SentDiscount;
  readonly offence: Offence | null;
  paid: number;
  paidOn: string | null;
  annulled: boolean;
}

export interface PaymentNotice {
  readonly paymentId: string;
  readonly uin: string;
  readonly amount: number;
  /** `YYYY-MM-DD…`. */
  readonly paymentDate: string;
}

/** How the register answers: as it should, not at all, late, or with something that is not an answer. */
export type Mood = 'up' | 'down' | 'slow' | 'lying';

/** The one book behind both services: traffic police list its unpaid fines, ГИС ГМП all its charges and payments. */
export class Register {
  readonly charges: RegisteredCharge[] = [];
  readonly payments = new Map<string, PaymentNotice>();
  mood: { gibdd: Mood; gisgmp: Mood } = { gibdd: 'up', gisgmp: 'up' };

  /** With a file the book survives a restart of the sandbox. */
  constructor(private readonly file: string | null) {
    if (file === null || !existsSync(file)) return;
    const kept = JSON.parse(readFileSync(file, 'utf8')) as { charges: RegisteredCharge[]; payments: PaymentNotice[] };
    this.charges.push(...kept.charges);
    for (const payment of kept.payments) this.payments.set(payment.paymentId, payment);
  }

  add(...charges: RegisteredCharge[]): void {
    this.charges.push(...charges);
    this.keep();
  }

  annul(uin: string): void {
    for (const charge of this.charges) if (charge.uin === uin) charge.annulled = true;
    this.keep();
  }

  ofVehicle(regnum: string, regreg: string, sts: string): RegisteredCharge[] {
    return this.charges.filter(
      ({ offence }) => offence?.sts === sts && offence.regnum === regnum && offence.regreg === regreg,
    );
  }

  ofPayers(payers: readonly string[]): RegisteredCharge[] {
    return this.charges.filter((charge) => charge.payers.some((payer) => payers.includes(payer)));
  }

  ofUins(uins: readonly string[]): RegisteredCharge[] {
    return this.charges.filter(({ uin }) => uins.includes(uin));
  }

  /** Takes a notice of payment and answers with the code of the import protocol: 0 taken, 5 known already, others refused. */
  take(notice: PaymentNotice): number {
    if (this.payments.has(notice.paymentId)) return 5;
    if (!isPaymentId(notice.paymentId)) return 235;
    if (!isUin(notice.uin)) return 234;
    if (!(notice.amount > 0)) return 32;
    if (dateOfPaymentId(notice.paymentId) !== notice.paymentDate.slice(0, 10)) return 55;
    this.payments.set(notice.paymentId, notice);
    for (const charge of this.ofUins([notice.uin])) {
      charge.paid += notice.amount;
      charge.paidOn = notice.paymentDate.slice(0, 10);
    }
    this.keep();
    return 0;
  }

  private keep(): void {
    if (this.file === null) return;
    mkdirSync(dirname(this.file), { recursive: true });
    writeFileSync(`${this.file}.new`, JSON.stringify({ charges: this.charges, payments: [...this.payments.values()] }));
    renameSync(`${this.file}.new`, this.file);
  }
}

/** What settles the charge on that day: less while its discount lasts. */
const dueOn = (charge: RegisteredCharge, day: string): number => {
  const percent = termsOf(charge).find(({ until }) => day <= until)?.percent ?? 0;
  return Math.floor((charge.amount * (100 - percent) + 50) / 100);
};

/** Where the register sent no terms it accepts those of the law, the old ones (half, twenty days) and the new (a quarter, thirty). */
const termsOf = ({
  discount,
  offence,
}: RegisteredCharge): readonly { readonly percent: number; readonly until: string }[] => {
  if (discount === 'none' || (discount === null && offence === null)) return [];
  if (discount !== null) return [discount];
  const decreeDate = offence?.decreeDate ?? '';
  return [
    { percent: 50, until: shiftDay(decreeDate, 20) },
    { percent: 25, until: shiftDay(decreeDate, 30) },
  ];
};

/** Money that came in time and was enough closes the charge, whatever its full sum. */
export const isSettled = (charge: RegisteredCharge): boolean =>
  charge.paidOn !== null && charge.paid >= dueOn(charge, charge.paidOn);
