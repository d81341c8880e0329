/** Which terms a portal applies when the register sends none: those of its specification, or those of the law by dates. */
export type PolicySet = 'SEED' | 'LAW';

/** One rule of discounts, as data (fact sheet §10.2). */
export interface DiscountPolicy {
  readonly code: string;
  readonly policySet: PolicySet;
  readonly chargeKind: 'FINE' | 'STATE_FEE';
  readonly percent: number;
  /** Calendar days after the anchor, which is day 0; null when the discount has no term. */
  readonly termDays: number | null;
  /** The date by which a charge falls under this policy; an unknown offence date gives way to the decree's. */
  readonly selectBy: 'OFFENCE_DATE' | 'DECREE_DATE' | 'CHARGE_DATE';
  /** First day, null for "always". */
  readonly effectiveFrom: string | null;
  /** First day on which it is no longer in force, null while open-ended. */
  readonly effectiveTo: string | null;
  /** Chapters of КоАП; empty when articles do not matter. */
  readonly chapters: readonly string[];
  readonly excludedArticles: readonly ExcludedArticle[];
  readonly nonWorkingDayRoll: 'NONE' | 'NEXT_WORKING_DAY';
  /** What an unknown article means: the discount holds, or may hold and is not promised. */
  readonly unknownArticle: 'GRANTED' | 'POSSIBLE';
}

export interface ExcludedArticle {
  readonly article: string;
  /** Parts that are excluded; null for the whole article. */
  readonly parts: readonly string[] | null;
}

/** КоАП 32.2 part 1.3: offences that are always paid in full. The wording after 2025 was not found; kept as data. */
export const EXCLUDED_ARTICLES: readonly ExcludedArticle[] = [
  { article: '12.1', parts: ['1.1'] },
  { article: '12.8', parts: null },
  { article: '12.9', parts: ['6', '7'] },
  { article: '12.12', parts: ['3'] },
  { article: '12.15', parts: ['5'] },
  { article: '12.16', parts: ['3.1'] },
  { article: '12.24', parts: null },
  { article: '12.26', parts: null },
  { article: '12.27', parts: ['3'] },
];

const fine = {
  chargeKind: 'FINE',
  chapters: ['12'],
  excludedArticles: EXCLUDED_ARTICLES,
} as const;

const fee = {
  chargeKind: 'STATE_FEE',
  termDays: null,
  selectBy: 'CHARGE_DATE',
  chapters: [],
  excludedArticles: [],
  nonWorkingDayRoll: 'NONE',
  unknownArticle: 'GRANTED',
} as const;

/** Every policy there is; the first one of the set that is in force on the selecting date applies. */
export const DISCOUNT_POLICIES: readonly DiscountPolicy[] = [
  {
    ...fine,
    code: 'FINE_SEED',
    policySet: 'SEED',
    percent: 50,
    termDays: 20,
    selectBy: 'DECREE_DATE',
    effectiveFrom: null,
    effectiveTo: null,
    nonWorkingDayRoll: 'NONE',
    unknownArticle: 'GRANTED',
  },
  {
    ...fine,
    code: 'FINE_2016',
    policySet: 'LAW',
    percent: 50,
    termDays: 20,
    selectBy: 'OFFENCE_DATE',
    effectiveFrom: '2016-01-01',
    effectiveTo: '2025-01-01',
    nonWorkingDayRoll: 'NEXT_WORKING_DAY',
    unknownArticle: 'POSSIBLE',
  },
  {
    ...fine,
    code: 'FINE_2025',
    policySet: 'LAW',
    percent: 25,
    termDays: 30,
    selectBy: 'OFFENCE_DATE',
    effectiveFrom: '2025-01-01',
    effectiveTo: null,
    nonWorkingDayRoll: 'NEXT_WORKING_DAY',
    unknownArticle: 'POSSIBLE',
  },
  { ...fee, code: 'FEE_SEED', policySet: 'SEED', percent: 30, effectiveFrom: null, effectiveTo: null },
  { ...fee, code: 'FEE_2015', policySet: 'LAW', percent: 30, effectiveFrom: '2015-01-01', effectiveTo: '2023-01-01' },
];
