import { type Draft } from './draft.js';

/** Where drafts live. Every way to load one names its owner, except the one for the system. */
export abstract class DraftRepository {
  /** Sent ones too, for their receipt. Throws DraftNotFound when there is none or it is someone else's. */
  abstract get(id: string, applicantId: string): Promise<Draft>;

  /** The draft that became this application; for the system only. */
  abstract ofApplication(applicationId: string): Promise<Draft | null>;

  /** How many open drafts the citizen has, altogether and of the service. */
  abstract count(applicantId: string, serviceCode: string): Promise<{ readonly all: number; readonly ofService: number }>;

  /** Throws DraftChanged when another process was faster. */
  abstract save(draft: Draft): Promise<void>;

  abstract remove(draft: Draft): Promise<void>;
}
