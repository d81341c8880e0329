import { addDays, legalDayOf } from '../../../kernel/legal-day.js';
import { type Money } from '../../../kernel/money.js';
import { DISCOUNT_POLICIES, type DiscountPolicy, type PolicySet } from './discount-policy.js';
import { workingDayFrom } from './working-days.js';

/** A discount somebody granted: while it lasts, `amountDue` settles the charge in full. */
export interface Discount {
  /** Null when the register took off a sum instead of a share. */
  readonly percent: number | null;
  readonly amountDue: Money;
  /** Last day in Moscow, `YYYY-MM-DD`, to its last millisecond; null without a term. */
  readonly validThrough: string | null;
}

/** Who decided on the discount, and what was decided. */
export interface DiscountTerms {
  readonly source: 'REGISTRY' | 'POLICY';
  /** Null when the register decided or no policy is in force. */
  readonly policyCode: string | null;
  readonly discount: Discount | null;
  /** True when a discount may exist but nothing known proves it: said to the citizen, never taken off. */
  readonly possible: boolean;
}

/** Terms sent with a charge; they replace the policy entirely, even when they are worse. */
export type RegistryDiscount =
  | { readonly kind: 'none' }
  | { readonly kind: 'percent'; readonly percent: number; readonly validThrough: string | null }
  | { readonly kind: 'sum'; readonly off: Money; readonly validThrough: string | null };

/** What a policy looks at. Dates are `YYYY-MM-DD`. */
export type DiscountableCharge =
  | {
      readonly kind: 'FINE';
      readonly amount: Money;
      readonly decreeDate: string;
      readonly offenceDate: string | null;
      /** Article of КоАП as registers write it (`12.9ч.2`). */
      readonly article: string | null;
    }
  | {
      readonly kind: 'STATE_FEE';
      readonly amount: Money;
      readonly chargeDate: string;
      readonly filedInCabinet: boolean;
    };

/** Terms of one charge: the register's when it sent any, else those of the policy set. */
export const discountTerms = (
  charge: DiscountableCharge,
  sent: RegistryDiscount | null,
  set: PolicySet,
  today: string,
): DiscountTerms => (sent ? registryTerms(charge.amount, sent) : policyTerms(charge, set, today));

/** What settles the charge at the instant the payer authorises the payment (§10.3 rule 3). */
export const amountDueAt = (amount: Money, discount: Discount | null, instant: Date): Money =>
  discount && (discount.validThrough === null || legalDayOf(instant) <= discount.validThrough)
    ? discount.amountDue
    : amount;

const registryTerms = (amount: Money, sent: RegistryDiscount): DiscountTerms => {
  const terms = { source: 'REGISTRY', policyCode: null, possible: false } as const;
  switch (sent.kind) {
    case 'none':
      return { ...terms, discount: null };
    case 'percent':
      return {
        ...terms,
        discount: {
          percent: sent.percent,
          amountDue: amount.afterDiscount(sent.percent),
          validThrough: sent.validThrough,
        },
      };
    case 'sum':
      return {
        ...terms,
        discount: { percent: null, amountDue: amount.minus(sent.off), validThrough: sent.validThrough },
      };
  }
};

const policyTerms = (charge: DiscountableCharge, set: PolicySet, today: string): DiscountTerms => {
  const policy = DISCOUNT_POLICIES.find((candidate) => applies(candidate, charge, set));
  const none: DiscountTerms = { source: 'POLICY', policyCode: policy?.code ?? null, discount: null, possible: false };
  if (!policy || anchorOf(charge) > today) return none;
  if (charge.kind === 'STATE_FEE') return charge.filedInCabinet ? { ...none, discount: granted(policy, charge) } : none;
  if (charge.article === null) {
    return policy.unknownArticle === 'GRANTED'
      ? { ...none, discount: granted(policy, charge) }
      : { ...none, possible: true };
  }
  return isEligible(policy, charge.article) ? { ...none, discount: granted(policy, charge) } : none;
};

const applies = (policy: DiscountPolicy, charge: DiscountableCharge, set: PolicySet): boolean => {
  if (policy.policySet !== set || policy.chargeKind !== charge.kind) return false;
  const day = selectingDay(policy, charge);
  return (policy.effectiveFrom ?? day) <= day && (policy.effectiveTo === null || day < policy.effectiveTo);
};

const selectingDay = (policy: DiscountPolicy, charge: DiscountableCharge): string => {
  if (charge.kind === 'STATE_FEE') return charge.chargeDate;
  return policy.selectBy === 'OFFENCE_DATE' ? (charge.offenceDate ?? charge.decreeDate) : charge.decreeDate;
};

const anchorOf = (charge: DiscountableCharge): string =>
  charge.kind === 'FINE' ? charge.decreeDate : charge.chargeDate;

const granted = (policy: DiscountPolicy, charge: DiscountableCharge): Discount => ({
  percent: policy.percent,
  amountDue: charge.amount.afterDiscount(policy.percent),
  validThrough: lastDay(policy, anchorOf(charge)),
});

const lastDay = (policy: DiscountPolicy, anchor: string): string | null => {
  if (policy.termDays === null) return null;
  const nominal = addDays(anchor, policy.termDays);
  return policy.nonWorkingDayRoll === 'NEXT_WORKING_DAY' ? workingDayFrom(nominal) : nominal;
};

/** Registers write `12.9ч.2`, `12.9 ч. 2`, `ст. 12.16 ч.3.1`; what cannot be read is an article of no known chapter. */
const ARTICLE = /^(?:ст\.?\s*)?(?<article>(?<chapter>\d+)\.\d+(?:\.\d+)?)(?:\s*,?\s*ч\.?\s*(?<part>\d+(?:\.\d+)?))?/iu;

const isEligible = (policy: DiscountPolicy, text: string): boolean => {
  const read = ARTICLE.exec(text.trim())?.groups;
  if (!read || !policy.chapters.includes(read.chapter!)) return false;
  return !policy.excludedArticles.some(
    ({ article, parts }) =>
      article === read.article && (parts === null || (read.part !== undefined && parts.includes(read.part))),
  );
};
