import { Query } from '@nestjs/cqrs';

/** Where a citizen can be reached, as ESIA knows it; a missing or unconfirmed address is null. */
export class ContactsQuery extends Query<Contacts> {
  constructor(readonly accountId: string) {
    super();
  }
}

export interface Contacts {
  /** False until ESIA was read for the first time, seconds after the first sign-in: then the nulls below say nothing. */
  readonly known: boolean;
  /** Confirmed mobile number, `+79XXXXXXXXX`. */
  readonly mobile: string | null;
  /** Confirmed e-mail. */
  readonly email: string | null;
  readonly firstName: string | null;
  readonly middleName: string | null;
}
