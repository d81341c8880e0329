import { Query } from '@nestjs/cqrs';

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
  readonly vehicles: readonly { readonly id: string; readonly make: string; readonly grz: string; readonly sts: string }[];
  readonly organizations: readonly Organization[];
}

export interface Child {
  /** Stable id within the account: the child's ESIA number. */
  readonly id: string;
  readonly lastName: string;
  readonly firstName: string;
  readonly middleName: string | null;
  readonly birthDate: string;
  readonly sex: 'M' | 'F';
  readonly snils: string | null;
  readonly inn: string | null;
  readonly oms: string | null;
  readonly birthCertificate: {
    readonly series: string;
    readonly number: string;
    readonly issueDate: string | null;
    readonly issuedBy: string | null;
  } | null;
}

export interface Organization {
  readonly id: string;
  readonly fullName: string;
  readonly shortName: string | null;
  readonly ogrn: string | null;
  readonly inn: string | null;
  readonly kpp: string | null;
  readonly chief: boolean;
}
