import { randomUUID } from 'node:crypto';
import { QueryHandler } from '@nestjs/cqrs';
import { ApplicationsModule, applicationsMappings } from '../../src/contexts/applications/applications.module.js';
import { type ApplicationStatus } from '../../src/contexts/applications/domain/application-status.js';
import { ServiceApplicationRepository } from '../../src/contexts/applications/domain/service-application.repository.js';
import { type ServiceApplication, type Submission } from '../../src/contexts/applications/domain/service-application.js';
import { ApplicantQuery } from '../../src/contexts/profile/public.js';
import { FakeDocuments } from './fake-documents.js';
import { PortalVisitor } from './portal-visitor.js';
import { applicationThatIs, CLERK, later } from './service-applications.js';
import { type TestApp, testApp } from './test-app.js';

export interface ApplicationsApp extends TestApp {
  readonly documents: FakeDocuments;
  /** Stores an application that has come to this status, with a number of its own. */
  stored(status: ApplicationStatus, changes?: Partial<Submission>): Promise<ServiceApplication>;
  /** A browser of the citizen. */
  asCitizen(accountId: string): PortalVisitor;
  /** A browser of a clerk of this authority. */
  asClerk(authorityCode?: string): PortalVisitor;
  statusOf(applicationId: string): Promise<string | undefined>;
}

/** A profile that was never read. */
@QueryHandler(ApplicantQuery)
class NoApplicant {
  execute(): Promise<null> {
    return Promise.resolve(null);
  }
}

/** The applications context with pages, an hour after the submissions, and documents kept in memory. */
export async function applicationsApp(): Promise<ApplicationsApp> {
  const documents = new FakeDocuments();
  const app = await testApp({ modules: [ApplicationsModule], mappings: applicationsMappings, providers: [...documents.providers, NoApplicant] });
  app.clock.set(later(60));
  let numbers = 0;
  return Object.assign(app, {
    documents,
    stored: async (status: ApplicationStatus, changes: Partial<Submission> = {}) => {
      numbers += 1;
      const own = { id: randomUUID(), registrationNumber: `78-2027-${String(numbers).padStart(8, '0')}`, ...changes };
      const application = applicationThatIs(status, own);
      await app.inUnitOfWork(() => app.get(ServiceApplicationRepository).save(application));
      return application;
    },
    asCitizen: (accountId: string) => {
      app.principals.staff = null;
      app.principals.citizen = { accountId, sessionId: 's', level: 'CONFIRMED', displayName: 'Мария Петровна Н.', oid: '1' };
      return new PortalVisitor(app.nest);
    },
    asClerk: (authorityCode = 'COMMITTEE_EDUCATION') => {
      app.principals.citizen = null;
      app.principals.staff = { ...CLERK, role: 'CLERK', authorityCode, authorityName: 'Комитет' };
      return new PortalVisitor(app.nest);
    },
    statusOf: async (applicationId: string) => {
      const row = await app.sql.one<{ status: string }>('select status from applications.service_application where id = $1', [applicationId]);
      return row?.status;
    },
  });
}
