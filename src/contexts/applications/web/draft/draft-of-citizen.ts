import { Param, ParseUUIDPipe } from '@nestjs/common';
import { type QueryBus } from '@nestjs/cqrs';
import { type Citizen } from '../../../../platform/http/principal.js';
import { DraftQuery, type DraftView } from '../../application/draft.query.js';
import { DraftNotFound } from '../../domain/draft.errors.js';
import { AlreadySubmitted } from '../../domain/submission.errors.js';

/** The draft's id in the address; what is no id is a draft that does not exist. */
export const DraftId = () => Param('id', new ParseUUIDPipe({ exceptionFactory: () => new DraftNotFound() }));

/** The citizen's own open draft. Throws DraftNotFound, AlreadySubmitted with the number. */
export async function openDraft(queries: QueryBus, citizen: Citizen, id: string): Promise<DraftView> {
  const draft = await queries.execute(new DraftQuery(id, citizen.accountId));
  if (!draft) throw new DraftNotFound();
  if (draft.receipt) throw new AlreadySubmitted({ ...draft.receipt });
  return draft;
}
