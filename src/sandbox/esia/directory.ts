import { type EsiaOrganization, type EsiaPerson } from './person.js';

/** The people and organisations one run of the sandbox knows. */
export class Directory {
  constructor(
    readonly people: readonly EsiaPerson[],
    readonly organizations: readonly EsiaOrganization[],
  ) {}

  person(oid: number): EsiaPerson | undefined {
    return this.people.find((person) => person.oid === oid);
  }

  /** Finds by telephone, e-mail or СНИЛС typed in any shape; only confirmed contacts are logins. */
  byLogin(typed: string): EsiaPerson | undefined {
    const login = typed.trim().toLowerCase();
    if (login.includes('@'))
      return this.people.find(({ contacts }) =>
        contacts.some(
          ({ type, vrfStu, value }) => type === 'EML' && vrfStu === 'VERIFIED' && value.toLowerCase() === login,
        ),
      );
    const digits = login.replace(/\D/g, '');
    if (digits.length < 10) return undefined;
    return this.people.find(
      ({ snils, contacts }) =>
        snils?.replace(/\D/g, '') === digits ||
        contacts.some(
          ({ type, vrfStu, value }) => type === 'MBT' && vrfStu === 'VERIFIED' && sameNumber(value, digits),
        ),
    );
  }

  /** Level as people call it. */
  static levelOf({ trusted, snils, documents }: EsiaPerson): string {
    if (trusted) return 'подтверждённая';
    return snils && documents.some(({ type, vrfStu }) => type === 'RF_PASSPORT' && vrfStu === 'VERIFIED')
      ? 'стандартная'
      : 'упрощённая';
  }
}

/** Compares without the country prefix, which people write as +7, 7, 8 or not at all. */
const sameNumber = (value: string, digits: string): boolean =>
  /^([78]\d{10}|\d{10})$/.test(digits) && value.replace(/\D/g, '').slice(-10) === digits.slice(-10);
