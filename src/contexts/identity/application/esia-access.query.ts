import { Query } from '@nestjs/cqrs';

/** The right to read the signed-in person at ESIA. Null when the session or the token has ended: the citizen must sign in again. */
export class EsiaAccessQuery extends Query<EsiaAccess | null> {
  constructor(readonly sessionId: string) {
    super();
  }
}

export interface EsiaAccess {
  readonly accountId: string;
  /** Number of the person at ESIA (`urn:esia:sbj_id`). */
  readonly oid: string;
  readonly accessToken: string;
}
