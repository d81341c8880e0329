import { Query } from '@nestjs/cqrs';

/** The citizen's drafts, last edited first; there are never more than fifty. With a code, only those of that service. */
export class DraftsQuery extends Query<readonly DraftLine[]> {
  constructor(
    readonly applicantId: string,
    readonly serviceCode: string | null = null,
  ) {
    super();
  }
}

export interface DraftLine {
  readonly draftId: string;
  readonly serviceCode: string;
  readonly serviceTitle: string;
  readonly updatedAt: Date;
  /** 0…100. */
  readonly progressPercent: number;
}
