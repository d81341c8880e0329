/** Everything the sandbox knows of a person, in the shapes of the ESIA REST answers (`/rs/prns`), dates as `dd.MM.yyyy`. */
export interface EsiaPerson {
  readonly oid: number;
  readonly login: { readonly password: string };
  /** SIMPLIFIED and STANDARD differ only by checked СНИЛС and passport; CONFIRMED adds `trusted`. */
  readonly trusted: boolean;
  firstName: string;
  lastName: string;
  middleName?: string;
  birthDate: string;
  birthPlace?: string;
  gender: 'M' | 'F';
  citizenship: string;
  snils?: string;
  inn?: string;
  /** Id of the main identity document among `documents`. */
  readonly rIdDoc?: number;
  /** Unix seconds. */
  updatedOn: number;
  readonly contacts: EsiaContact[];
  readonly addresses: readonly EsiaAddress[];
  readonly documents: readonly EsiaDocument[];
  readonly kids: EsiaKid[];
  readonly roles: readonly EsiaRole[];
}

export interface EsiaContact {
  readonly id: number;
  readonly type: 'MBT' | 'PHN' | 'EML' | 'CEM';
  /** Telephones are written `+7(921)0000006`. */
  value: string;
  vrfStu: 'VERIFIED' | 'NOT_VERIFIED';
}

export interface EsiaAddress {
  readonly id: number;
  readonly type: 'PLV' | 'PRG';
  readonly addressStr: string;
  readonly zipCode: string;
  readonly countryId: string;
  readonly region: string;
  readonly street: string;
  readonly house: string;
  readonly flat?: string;
}

export interface EsiaDocument {
  readonly id: number;
  readonly type: string;
  readonly vrfStu: 'VERIFIED' | 'NOT_VERIFIED';
  readonly series?: string;
  readonly number: string;
  readonly issueDate?: string;
  readonly issueId?: string;
  readonly issuedBy?: string;
  readonly expiryDate?: string;
  readonly firstName?: string;
  readonly lastName?: string;
  readonly latinFirstName?: string;
  readonly latinLastName?: string;
  readonly actNo?: string;
  readonly actDate?: string;
}

export interface EsiaKid {
  readonly oid: number;
  firstName: string;
  lastName: string;
  middleName?: string;
  birthDate: string;
  gender: 'M' | 'F';
  snils?: string;
  inn?: string;
  readonly documents: EsiaDocument[];
}

export interface EsiaRole {
  /** The organisation. */
  readonly oid: number;
  readonly chief: boolean;
  readonly admin: boolean;
}

export interface EsiaOrganization {
  readonly oid: number;
  readonly fullName: string;
  readonly shortName: string;
  readonly type: 'LEGAL' | 'BUSINESS' | 'AGENCY';
  readonly ogrn: string;
  readonly inn: string;
  readonly kpp: string;
  /** Code of the legal form (ОКОПФ). */
  readonly leg: string;
  readonly email: string;
  readonly phone: string;
  readonly staffCount: number;
}
