import { type CaseAct } from './case-act.js';
import { type ServiceApplication } from './service-application.js';

/** Where submitted applications live. Every way to load one names who asks, except the system's own. */
export abstract class ServiceApplicationRepository {
  /** Null when there is none. For the system only. */
  abstract find(id: string): Promise<ServiceApplication | null>;

  /** Throws ApplicationNotFound when there is none or it is someone else's. */
  abstract ofApplicant(id: string, applicantId: string): Promise<ServiceApplication>;

  /** Throws ApplicationNotFound when there is none, it is another authority's or it was not sent yet. */
  abstract ofAuthority(id: string, authorityCode: string): Promise<ServiceApplication>;

  /**
   * Writes the application, its new lines of history, the act of the clerk and everything else changed in this unit of work (a closed
   * draft, say) in one transaction. Throws ApplicationChanged when another process was faster.
   */
  abstract save(application: ServiceApplication, act?: CaseAct): Promise<void>;
}
