import { Query } from '@nestjs/cqrs';

/**
 * Current, not expired personal documents of these kinds with their requisites, for prefilling a form: the owner's own, a child's, or all
 * of them. Those of ESIA come first, then the newest; typed copies that gave way to ESIA's are left out.
 */
export class DocumentRequisitesQuery extends Query<readonly DocumentRequisites[]> {
  constructor(
    readonly accountId: string,
    readonly kinds: readonly string[],
    /** The child's number; null for the owner's own, `ANYBODY` for all of them. */
    readonly childId: string | null = null,
  ) {
    super();
  }
}

export interface DocumentRequisites {
  readonly documentId: string;
  readonly kind: string;
  readonly title: string;
  /** `•••• 456`. */
  readonly maskedNumber: string;
  /** Whose it is; null for the owner's own. */
  readonly childId: string | null;
  /** Requisite code to normalised value (`series`, `number`, `issueDate`, …). */
  readonly requisites: Readonly<Record<string, string>>;
}
