/** Why the full number of a document was shown: to read it, or to edit it. */
export type RevealPurpose = 'VIEW' | 'EDIT';

/** Somebody was shown the full number of a document. Never changed, never erased. */
export class AccessRecord {
  constructor(
    readonly id: string,
    readonly documentId: string,
    /** Who was shown it. */
    readonly accountId: string,
    readonly purpose: RevealPurpose,
    readonly accessedAt: Date,
  ) {}
}
