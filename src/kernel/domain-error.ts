/** What kind of obstacle a refusal is; the web turns it into 422, 403, 404, 409, 503, 400, 413 or 415, in this order. */
export type RefusalKind =
  | 'invalid'
  | 'forbidden'
  | 'not-found'
  | 'conflict'
  | 'unavailable'
  | 'malformed'
  | 'too-large'
  | 'unsupported';

/**
 * A refusal of the domain. `code` is stable (`applications.already-submitted`) and finds the citizen's wording in
 * `templates/<context>/messages.json`; `details` fill its gaps and carry ids, dates and numbers, never personal data.
 */
export abstract class DomainError extends Error {
  abstract readonly code: string;
  abstract readonly kind: RefusalKind;
  /** Where fields are refused: what is wrong with each, as stable words by the field's name; never what was typed. */
  declare readonly faults?: Readonly<Record<string, string>>;

  constructor(readonly details: Readonly<Record<string, string | number>> = {}) {
    super();
    this.name = new.target.name;
  }

  override get message(): string {
    return `${this.code} ${JSON.stringify(this.details)}`;
  }
}
