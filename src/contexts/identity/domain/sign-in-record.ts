/** Where a request came from, as far as the browser and the network tell. */
export interface Visitor {
  readonly ipAddress: string;
  readonly userAgent: string;
}

const USER_AGENT_LENGTH = 400;

/** A line of the login history: who came in (or was refused), when, from where. Never changed. */
export class SignInRecord {
  private constructor(
    readonly id: string,
    readonly accountId: string | null,
    readonly staffId: string | null,
    readonly accepted: boolean,
    readonly at: Date,
    readonly ipAddress: string,
    readonly userAgent: string,
  ) {}

  static ofCitizen(id: string, accountId: string, visitor: Visitor, now: Date): SignInRecord {
    return SignInRecord.of(id, accountId, null, true, visitor, now);
  }

  /** `staffId` is null when nobody has the e-mail that was typed. */
  static ofStaff(id: string, staffId: string | null, accepted: boolean, visitor: Visitor, now: Date): SignInRecord {
    return SignInRecord.of(id, null, staffId, accepted, visitor, now);
  }

  private static of(
    id: string,
    accountId: string | null,
    staffId: string | null,
    accepted: boolean,
    { ipAddress, userAgent }: Visitor,
    now: Date,
  ): SignInRecord {
    return new SignInRecord(id, accountId, staffId, accepted, now, ipAddress, userAgent.slice(0, USER_AGENT_LENGTH));
  }
}
