import { type QueryBus } from '@nestjs/cqrs';
import { type Clock } from '../../../kernel/clock.js';
import { legalDayOf } from '../../../kernel/legal-day.js';
import { ApplicantQuery } from '../../profile/public.js';
import { type DocumentKind } from '../domain/document-kinds.js';
import { type Bearer } from '../domain/expiry.js';
import { type DocumentContent, numberOf } from '../domain/personal-document.js';
import { readRequisites } from '../domain/requisite-reading.js';
import { type NumberFingerprints } from './ports/number-fingerprints.js';

/** Requisite code to what was typed. */
export type TypedRequisites = Readonly<Record<string, unknown>>;

/** Reads what was typed and fingerprints its number. Throws InvalidRequisites. */
export function contentOf(
  kind: DocumentKind,
  typed: TypedRequisites,
  fingerprints: NumberFingerprints,
): DocumentContent {
  const requisites = readRequisites(kind, typed);
  return { requisites, numberFingerprint: fingerprints.of(kind.code, numberOf(kind, requisites)) };
}

/** The owner as the rules of dates need it; the birth date comes from the profile. */
export async function bearerOf(accountId: string, queries: QueryBus, clock: Clock): Promise<Bearer> {
  const applicant = await queries.execute(new ApplicantQuery(accountId));
  return { today: legalDayOf(clock.now()), birthDate: applicant?.birthDate ?? null };
}
