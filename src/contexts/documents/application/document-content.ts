import { type QueryBus } from '@nestjs/cqrs';
import { type Clock } from '../../../kernel/clock.js';
import { legalDayOf } from '../../../kernel/legal-day.js';
import { ApplicantQuery } from '../../profile/public.js';
import { type DocumentKind } from '../domain/document-kinds.js';
import { type Bearer } from '../domain/expiry.js';
import { type DocumentContent, numberOf } from '../domain/personal-document.js';
import { UnknownChild } from '../domain/personal-document.errors.js';
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

/**
 * The owner, or that child of theirs, as the rules of dates need them; birth dates come from the profile. Throws UnknownChild for a child
 * that the profile does not know, unless the document is theirs already.
 */
export async function bearerOf(
  accountId: string,
  childId: string | null,
  queries: QueryBus,
  clock: Clock,
  formerChildId: string | null = null,
): Promise<Bearer> {
  const applicant = await queries.execute(new ApplicantQuery(accountId));
  const today = legalDayOf(clock.now());
  if (childId === null) return { childId, today, birthDate: applicant?.birthDate ?? null };
  const child = applicant?.children.find(({ id }) => id === childId);
  if (!child && childId !== formerChildId) throw new UnknownChild();
  return { childId, today, birthDate: child?.birthDate ?? null };
}
