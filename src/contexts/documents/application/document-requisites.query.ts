import { Query } from '@nestjs/cqrs';

/** Current, not expired personal documents of these kinds with their requisites, for prefilling a form. */
export class DocumentRequisitesQuery extends Query<readonly DocumentRequisites[]> {
  constructor(
    readonly accountId: string,
    readonly kinds: readonly string[],
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
