import { DomainError } from './domain-error.js';

/** What is wrong with a typed number, named in the order in which it is looked for (fact sheet §3.0 rule 6). */
export type RequisiteFault = 'EMPTY' | 'BAD_LENGTH' | 'BAD_CHARACTERS' | 'BAD_CHECK_DIGIT' | 'IMPOSSIBLE_VALUE';

/** A number, series or code that cannot be what it claims to be. Says which one and why, never the value itself. */
export class InvalidRequisite extends DomainError {
  readonly code = 'kernel.invalid-requisite';
  readonly kind = 'invalid';

  constructor(
    /** Which requisite: `snils`, `inn`, `plate-number`, … */
    readonly requisite: string,
    readonly reason: RequisiteFault,
  ) {
    super({ requisite, reason });
  }
}

/** The fault `parse` reports, or null when it accepts the value; for validators of forms. Other errors pass through. */
export function faultOf(parse: () => unknown): RequisiteFault | null {
  try {
    parse();
    return null;
  } catch (error) {
    if (error instanceof InvalidRequisite) return error.reason;
    throw error;
  }
}
