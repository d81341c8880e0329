/** What a citizen sees of a payment, as codes of `templates/partials/statuses.json`. */
export const OUTCOME_CODES = {
  PENDING: 'PAYMENT_PENDING',
  PAID: 'PAID',
  FAILED: 'PAYMENT_FAILED',
  RETURNED: 'PAYMENT_RETURNED',
} as const;
