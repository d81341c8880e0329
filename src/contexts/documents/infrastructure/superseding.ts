import { DOCUMENT_KINDS } from '../domain/document-kinds.js';

const SEVERAL_AT_ONCE = DOCUMENT_KINDS.filter((kind) => kind.severalAtOnce).map(({ code }) => `'${code}'`);

/**
 * SQL: the row `esia` is the valid document of ESIA that the row `typed` gave way to: same kind, same person, and the same number where one
 * may hold several. `today` names the parameter with the day in Moscow.
 */
export const supersedes = (esia: string, typed: string, today: string): string =>
  `${typed}.esia_id is null and ${esia}.esia_id is not null and ${esia}.removed_at is null
   and ${esia}.owner_id = ${typed}.owner_id and ${esia}.kind_code = ${typed}.kind_code
   and ${esia}.child_id is not distinct from ${typed}.child_id and (${esia}.expires_on is null or ${esia}.expires_on >= ${today}::date)
   and (${typed}.kind_code not in (${SEVERAL_AT_ONCE.join(', ')}) or ${esia}.number_fingerprint = ${typed}.number_fingerprint)`;
