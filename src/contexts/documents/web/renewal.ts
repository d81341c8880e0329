import { type DocumentKind } from '../domain/document-kinds.js';

/** Where an expiring document is replaced: in words that go on after «Заменить можно», and the form whose button begins the application. */
export interface RenewalWords {
  readonly where: string;
  readonly start: {
    readonly action: string;
    readonly answers: readonly { readonly name: string; readonly value: string }[];
  } | null;
}

/** Null for a kind that is never renewed. The answers go with the form, so the application begins with them. */
export function renewalOf({ renewal }: DocumentKind): RenewalWords | null {
  if (!renewal) return null;
  const { where, service } = renewal;
  return {
    where: where.charAt(0).toLowerCase() + where.slice(1),
    start: service
      ? {
          action: `/services/${service.code}/draft`,
          answers: Object.entries(service.answers).map(([code, value]) => ({ name: `answers[${code}]`, value })),
        }
      : null,
  };
}
