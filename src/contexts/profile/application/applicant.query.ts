import { Query } from '@nestjs/cqrs';
import { type PersonChild, type PersonOrganization } from '../domain/person-facts.js';

/** Everything a form may be prefilled with from the profile. Null until the profile was read from ESIA once. */
export class ApplicantQuery extends Query<Applicant | null> {
  constructor(readonly accountId: string) {
    super();
  }
}

export interface Applicant {
  readonly lastName: string;
  readonly firstName: string;
  readonly middleName: string | null;
  /** `YYYY-MM-DD`. */
  readonly birthDate: string | null;
  readonly sex: 'M' | 'F' | null;
  readonly snils: string | null;
  readonly inn: string | null;
  readonly mobile: string | null;
  readonly email: string | null;
  /** Registration address as one line. */
  readonly registrationAddress: string | null;
  readonly residenceAddress: string | null;
  readonly children: readonly Child[];
  readonly vehicles: readonly {
    readonly id: string;
    readonly make: string;
    readonly grz: string;
    readonly sts: string;
  }[];
  readonly organizations: readonly Organization[];
}

/** A child as the neighbours see it: `id` is stable within the account. */
export type Child = PersonChild;
export type Organization = PersonOrganization;
