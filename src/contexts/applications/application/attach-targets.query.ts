import { Query } from '@nestjs/cqrs';

/** Where a file of the cabinet can be attached: drafts of the citizen, last edited first. Null when the cabinet has no such file. */
export class AttachTargetsQuery extends Query<AttachTargets | null> {
  constructor(
    readonly applicantId: string,
    readonly fileId: string,
  ) {
    super();
  }
}

export interface AttachTargets {
  readonly file: { readonly fileId: string; readonly name: string; readonly extension: string; readonly bytes: number };
  /** Its detached signature, where it has one. */
  readonly signature: { readonly fileId: string; readonly name: string } | null;
  /** What the file belongs to, in words of the cabinet; null when its document cannot be used now: expired, contradicting ESIA, not checked. */
  readonly documentTitle: string | null;
  /** How many open drafts there are, whether they take the file or not. */
  readonly drafts: number;
  readonly targets: readonly AttachTarget[];
}

/** One field of one draft that takes the file. */
export interface AttachTarget {
  readonly draftId: string;
  readonly serviceTitle: string;
  readonly updatedAt: Date;
  readonly stepCode: string;
  readonly field: string;
  readonly fieldLabel: string;
  /** The signature fits in as well. */
  readonly withSignature: boolean;
}
