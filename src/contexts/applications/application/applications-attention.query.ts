import { Query } from '@nestjs/cqrs';

/** What of the applications needs the citizen: for the first page of the cabinet. */
export class ApplicationsAttentionQuery extends Query<ApplicationsAttention> {
  constructor(readonly accountId: string) {
    super();
  }
}

export interface ApplicationsAttention {
  /** Applications that wait for the citizen's answer, soonest first. */
  readonly awaiting: readonly {
    readonly applicationId: string;
    readonly registrationNumber: string;
    readonly serviceTitle: string;
    /** `YYYY-MM-DD` or null. */
    readonly respondBy: string | null;
  }[];
  /** Latest drafts, newest first, three at most. */
  readonly drafts: readonly {
    readonly draftId: string;
    readonly serviceTitle: string;
    /** ISO instant. */
    readonly updatedAt: string;
    /** 0…100. */
    readonly progressPercent: number;
  }[];
  readonly draftCount: number;
  readonly inProgressCount: number;
}
