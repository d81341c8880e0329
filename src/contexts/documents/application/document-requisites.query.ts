import { Query } from '@nestjs/cqrs';

/**
 * Current, not expired personal documents of these kinds with their requisites, for prefilling a form: the owner's own, or a child's. Those
 * of ESIA come first, then the newest; typed copies that gave way to ESIA's are left out.
 */
export class DocumentRequisitesQuery extends Query<readonly DocumentRequisites[]> {
  constructor(
    readonly accountId: string,
    readonly kinds: readonly string[],
    readonly childId: string | null = null,
  ) {
    super();
  }
}

export interface DocumentRequisites {
  readonly documentId: string;
  readonly kind: string;
  readonly title: string;
  /** Requisite code to normalised value (`series`, `number`, `issueDate`, …). */
  readonly requisites: Readonly<Record<string, string>>;
}
