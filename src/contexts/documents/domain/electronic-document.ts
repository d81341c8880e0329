/** A notice or decision of an authority, kept from the history of an application; only its owner can let it go. */
export class ElectronicDocument {
  private constructor(
    readonly id: string,
    readonly ownerId: string,
    /** Id of the decision in the application: the same one is kept once. */
    readonly sourceId: string,
    readonly applicationId: string,
    readonly title: string,
    readonly issuer: string,
    /** Registration number of the application. */
    readonly number: string,
    readonly issuedAt: Date,
    readonly fileId: string,
    readonly savedAt: Date,
  ) {}

  static keep(id: string, ownerId: string, source: DecisionFile, now: Date): ElectronicDocument {
    const { sourceId, applicationId, title, issuer, number, issuedAt, fileId } = source;
    return new ElectronicDocument(id, ownerId, sourceId, applicationId, title, issuer, number, issuedAt, fileId, now);
  }
}

/** What is kept of a decision. */
export interface DecisionFile {
  readonly sourceId: string;
  readonly applicationId: string;
  readonly title: string;
  readonly issuer: string;
  readonly number: string;
  readonly issuedAt: Date;
  readonly fileId: string;
}
