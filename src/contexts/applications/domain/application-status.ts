/** Life cycle of a submitted application (fact sheet §7.1). A draft is not an application yet and has no status here. */
export const APPLICATION_STATUSES = [
  'SUBMITTED',
  'AWAITING_PAYMENT',
  'SENT',
  'DELIVERY_ERROR',
  'ACCEPTED',
  'IN_PROGRESS',
  'AWAITING_INFO',
  'NEEDS_CORRECTION',
  'CANCELLING',
  'CANCELLED',
  'EXECUTED',
  'REFUSED',
] as const;
export type ApplicationStatus = (typeof APPLICATION_STATUSES)[number];
