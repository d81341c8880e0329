import { type Draft } from '../../domain/draft.js';
import { type ServiceApplication } from '../../domain/service-application.js';

/** The moment a draft becomes an application. */
export abstract class Submissions {
  /**
   * The draft to be sent, or the receipt of an earlier sending in it; only `commit` can store it. Throws DraftNotFound, also for a draft
   * of someone else.
   */
  abstract draft(id: string, applicantId: string): Promise<Draft>;

  /** The next number of the year; unique under any concurrency, with gaps. */
  abstract nextNumber(year: number): Promise<number>;

  /** A one-way form of a duplicate key: equal for equal keys, tells nothing of the answers in it. */
  abstract seal(duplicateKey: string): string;

  /**
   * Stores application, history, events and the closed draft in one transaction, or nothing. Throws DraftChanged when the draft was saved or
   * sent meanwhile, DuplicateApplication, IdempotencyKeyReused when the key has sent another draft. After a refusal, load anew.
   */
  abstract commit(application: ServiceApplication, draft: Draft): Promise<void>;
}
