import { type DomainError, type RefusalKind } from '../../kernel/domain-error.js';

const STATUS: Readonly<Record<RefusalKind, number>> = {
  invalid: 422,
  forbidden: 403,
  'not-found': 404,
  conflict: 409,
  unavailable: 503,
  malformed: 400,
  'too-large': 413,
  unsupported: 415,
};

/** The HTTP status of a refusal. */
export const statusOfRefusal = ({ kind }: DomainError): number => STATUS[kind];

/** The HTTP status of a form of which several things were refused: theirs when they agree, otherwise 422. */
export function statusOfRefusals(refusals: readonly DomainError[]): number {
  const [status = STATUS.invalid, ...others] = new Set(refusals.map(statusOfRefusal));
  return others.length === 0 ? status : STATUS.invalid;
}
