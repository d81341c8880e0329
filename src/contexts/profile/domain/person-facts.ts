/** A part of the profile that a citizen may keep back from the portal at ESIA. */
export type PersonSection = 'contacts' | 'addresses' | 'children' | 'organizations' | 'documents' | 'childDocuments';

/** What ESIA says of a person. Identifiers are normalised (digits only, mobile `+79XXXXXXXXX`), days are `YYYY-MM-DD`. */
export interface PersonFacts {
  readonly lastName: string;
  readonly firstName: string;
  /** Not everybody has one. */
  readonly middleName: string | null;
  readonly birthDate: string | null;
  readonly birthPlace: string | null;
  readonly sex: 'M' | 'F' | null;
  readonly snils: string | null;
  readonly inn: string | null;
  readonly contacts: readonly PersonContact[];
  readonly addresses: readonly PersonAddress[];
  readonly children: readonly PersonChild[];
  /** Organisations whose employee directory holds the person. */
  readonly organizations: readonly PersonOrganization[];
  /** The person's and the children's; readings made before the cabinet asked for them have none of it. */
  readonly documents?: readonly PersonDocument[];
  /** Sections that ESIA refused to give: they are unknown, not empty. */
  readonly notGranted: readonly PersonSection[];
}

export interface PersonContact {
  readonly kind: 'MOBILE' | 'HOME_PHONE' | 'EMAIL' | 'WORK_EMAIL';
  readonly value: string;
  /** ESIA checked it with a code. */
  readonly confirmed: boolean;
}

export interface PersonAddress {
  readonly kind: 'REGISTRATION' | 'RESIDENCE';
  /** The whole address as one line, postal index first. */
  readonly line: string;
}

export interface PersonChild {
  /** The child's number at ESIA. */
  readonly id: string;
  readonly lastName: string;
  readonly firstName: string;
  readonly middleName: string | null;
  readonly birthDate: string;
  readonly sex: 'M' | 'F';
  readonly snils: string | null;
  readonly inn: string | null;
  /** Number of the compulsory medical insurance policy. */
  readonly oms: string | null;
  readonly birthCertificate: BirthCertificate | null;
}

export interface BirthCertificate {
  readonly series: string;
  readonly number: string;
  readonly issueDate: string | null;
  readonly issuedBy: string | null;
}

/** A document as ESIA keeps it. Days are `YYYY-MM-DD`; the other values are as ESIA writes them, null where it has none. */
export interface PersonDocument {
  /** Its number at ESIA; one per account. */
  readonly esiaId: string;
  /** ESIA's own type: `RF_PASSPORT`, `MDCL_PLCY`; `SNILS` and `INN` for the attributes of a person. */
  readonly type: string;
  /** Null for the person's own. */
  readonly childId: string | null;
  /** ESIA has checked it with whoever issued it. */
  readonly verified: boolean;
  readonly series: string | null;
  readonly number: string | null;
  readonly issueDate: string | null;
  readonly issuedBy: string | null;
  readonly departmentCode: string | null;
  readonly expiryDate: string | null;
  readonly birthPlace: string | null;
  readonly lastNameLat: string | null;
  readonly firstNameLat: string | null;
  readonly actNumber: string | null;
  readonly actDate: string | null;
}

export interface PersonOrganization {
  /** The organisation's number at ESIA. */
  readonly id: string;
  readonly fullName: string;
  readonly shortName: string | null;
  readonly ogrn: string | null;
  readonly inn: string | null;
  readonly kpp: string | null;
  /** Head of the organisation. */
  readonly chief: boolean;
}

/** The first contact of a kind that ESIA confirmed: only such an address may be written to. */
export const confirmedContact = (contacts: readonly PersonContact[], kind: PersonContact['kind']): string | null =>
  contacts.find((contact) => contact.kind === kind && contact.confirmed)?.value ?? null;
