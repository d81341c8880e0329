import { type CaseWorker } from '../domain/status-entry.js';

/** A case as a clerk has it in front of them; orders on it are refused when it has changed since. */
export interface OpenCase {
  readonly applicationId: string;
  /** Authority of the clerk: a case of another one does not exist for them. */
  readonly authorityCode: string;
  readonly clerk: CaseWorker;
  /** Lines of history that the page showed. */
  readonly seenLines: number;
}
