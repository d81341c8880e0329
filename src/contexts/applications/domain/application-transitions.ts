import { type ApplicationStatus } from './application-status.js';

/** Who moves an application. */
export type Actor = 'APPLICANT' | 'SYSTEM' | 'AUTHORITY';

type Moves = Readonly<Partial<Record<ApplicationStatus, readonly Actor[]>>>;

const DECISIONS: Moves = { EXECUTED: ['AUTHORITY'], REFUSED: ['AUTHORITY'] };
const REQUESTS: Moves = { AWAITING_INFO: ['AUTHORITY'], NEEDS_CORRECTION: ['AUTHORITY'] };

/**
 * Every allowed move and who makes it (fact sheet §7.2); what is not here is an IllegalTransition. The way back out of
 * CANCELLING is not in the table: it leads only to the status before it, so it is a rule of `declineCancellation`.
 */
const TRANSITIONS: Readonly<Record<ApplicationStatus, Moves>> = {
  SUBMITTED: { AWAITING_PAYMENT: ['SYSTEM'], SENT: ['SYSTEM'], CANCELLED: ['APPLICANT'] },
  AWAITING_PAYMENT: { SENT: ['SYSTEM'], CANCELLED: ['APPLICANT', 'SYSTEM'] },
  // An authority may skip «Принято ведомством»; REFUSED from here is a refusal of acceptance.
  SENT: { ACCEPTED: ['AUTHORITY'], DELIVERY_ERROR: ['SYSTEM'], IN_PROGRESS: ['AUTHORITY'], ...REQUESTS, ...DECISIONS, CANCELLING: ['APPLICANT'] },
  DELIVERY_ERROR: { SENT: ['SYSTEM', 'APPLICANT'], CANCELLED: ['APPLICANT'] },
  ACCEPTED: { IN_PROGRESS: ['AUTHORITY'], ...REQUESTS, ...DECISIONS, CANCELLING: ['APPLICANT'] },
  IN_PROGRESS: { IN_PROGRESS: ['AUTHORITY'], ...REQUESTS, ...DECISIONS, CANCELLING: ['APPLICANT'] },
  AWAITING_INFO: { IN_PROGRESS: ['APPLICANT'], ...DECISIONS, CANCELLING: ['APPLICANT'] },
  NEEDS_CORRECTION: { SENT: ['APPLICANT'], REFUSED: ['AUTHORITY'], CANCELLING: ['APPLICANT'] },
  // A decision may overtake the withdrawal.
  CANCELLING: { CANCELLED: ['AUTHORITY'], ...DECISIONS },
  CANCELLED: {},
  EXECUTED: {},
  REFUSED: {},
};

export const mayMove = (from: ApplicationStatus, to: ApplicationStatus, by: Actor): boolean => TRANSITIONS[from][to]?.includes(by) ?? false;

/** A status nothing leads out of. */
export const isFinal = (status: ApplicationStatus): boolean => Object.keys(TRANSITIONS[status]).length === 0;
