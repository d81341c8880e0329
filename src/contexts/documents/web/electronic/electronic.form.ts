import { type ElectronicDocumentsFilter } from '../../application/electronic-documents.query.js';

const MAX_TEXT = 300;

/** What the address of the list asks for. */
export interface ElectronicSearch {
  readonly filter: ElectronicDocumentsFilter;
  readonly after: string | null;
  /** A document that was just removed and can be brought back. */
  readonly removed: string | null;
}

const text = (value: unknown): string =>
  typeof value === 'string'
    ? value
        .replace(/\p{Cc}/gu, '')
        .trim()
        .slice(0, MAX_TEXT)
    : '';

/** What makes no sense in the address is passed over: it was cut or typed by hand. */
export function readSearch(query: Readonly<Record<string, unknown>>): ElectronicSearch {
  const [search, issuer, year, signed] = ['q', 'issuer', 'year', 'signed'].map((name) => text(query[name]));
  return {
    filter: {
      ...(search ? { search } : {}),
      ...(issuer ? { issuer } : {}),
      ...(/^\d{4}$/.test(year ?? '') ? { year: Number(year) } : {}),
      ...(signed === 'yes' || signed === 'no' ? { signed: signed === 'yes' } : {}),
    },
    after: text(query['after']) || null,
    removed: text(query['removed']) || null,
  };
}

/** The same as an address. */
export function addressOf({ search, issuer, year, signed }: ElectronicDocumentsFilter, after: string | null): string {
  const query = new URLSearchParams({
    ...(search ? { q: search } : {}),
    ...(issuer ? { issuer } : {}),
    ...(year ? { year: String(year) } : {}),
    ...(signed === undefined ? {} : { signed: signed ? 'yes' : 'no' }),
    ...(after ? { after } : {}),
  }).toString();
  return query ? `/documents/electronic?${query}` : '/documents/electronic';
}
