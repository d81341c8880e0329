import { type ApplicationStatus } from '../../src/contexts/applications/domain/application-status.js';
import { type AttachedFile } from '../../src/contexts/applications/domain/attached-file.js';
import { type CaseAct } from '../../src/contexts/applications/domain/case-act.js';
import { ApplicationNotFound } from '../../src/contexts/applications/domain/service-application.errors.js';
import { ServiceApplicationRepository } from '../../src/contexts/applications/domain/service-application.repository.js';
import { ServiceApplication, type Submission } from '../../src/contexts/applications/domain/service-application.js';
import { type StatusEntry } from '../../src/contexts/applications/domain/status-entry.js';

export const CLERK = { staffId: '0190a000-0000-7000-8000-00000000c1e7', name: 'Петрова Анна Сергеевна' };
export const SUBMITTED_AT = new Date('2027-04-01T00:00:00.000+03:00');

/** `minutes` after the submission. */
export const later = (minutes: number): Date => new Date(SUBMITTED_AT.getTime() + minutes * 60_000);

export const decisionFile = (name = 'Решение.pdf'): AttachedFile => ({
  fileId: '0190a000-0000-7000-8000-0000000000f1',
  name,
  extension: 'pdf',
  mediaType: 'application/pdf',
  bytes: 1024,
  sha256: 'ab'.repeat(32),
});

/** An application for a place at school, just sent by the citizen. */
export const submittedApplication = (changes: Partial<Submission> = {}): ServiceApplication =>
  ServiceApplication.submit({
    id: '0190a000-0000-7000-8000-000000000001',
    applicantId: '0190a000-0000-7000-8000-0000000000a1',
    registrationNumber: '78-2027-00000017',
    serviceCode: 'SCHOOL_FIRST_GRADE',
    serviceTitle: 'Запись в первый класс',
    authorityCode: 'COMMITTEE_EDUCATION',
    authorityTitle: 'Комитет по образованию',
    formVersion: 3,
    answers: {
      steps: [{ code: 'CHILD', title: 'Сведения о ребёнке', rows: [{ name: 'child', label: 'Ребёнок', text: 'Невский Пётр', value: 'Невский Пётр' }] }],
    },
    files: [{ field: 'birthCertificateScan', ...decisionFile('Свидетельство.pdf'), fileId: '0190a000-0000-7000-8000-0000000000f0' }],
    dueAt: new Date('2027-04-07T00:00:00.000+03:00'),
    submittedAt: SUBMITTED_AT,
    ...changes,
  });

const ROADS: Partial<Record<ApplicationStatus, (application: ServiceApplication) => void>> = {
  SUBMITTED: () => undefined,
  SENT: (it) => it.send(later(1)),
  ACCEPTED: (it) => (it.send(later(1)), it.accept(CLERK, later(2))),
  IN_PROGRESS: (it) => (it.send(later(1)), it.report(CLERK, 'Проверяем сведения', null, later(2))),
  AWAITING_INFO: (it) => (it.send(later(1)), it.requestInfo(CLERK, 'Приложите справку', '2027-04-05', later(2))),
  CANCELLING: (it) => (it.send(later(1)), it.accept(CLERK, later(2)), it.withdraw(later(3))),
  CANCELLED: (it) => it.withdraw(later(1)),
  EXECUTED: (it) => (it.send(later(1)), it.execute(CLERK, { reason: 'Зачислен', file: decisionFile(), signature: null }, later(2))),
  REFUSED: (it) => (it.send(later(1)), it.refuse(CLERK, { reason: 'Нет мест', legalGround: '273-ФЗ, ст. 67', file: decisionFile(), signature: null }, later(2))),
};

/** The statuses an application can come to. */
export const REACHABLE = Object.keys(ROADS) as ApplicationStatus[];

/** An application that was brought to this status by its own verbs; the events of the way there are gone. */
export const applicationThatIs = (status: ApplicationStatus, changes: Partial<Submission> = {}): ServiceApplication => {
  const application = submittedApplication(changes);
  ROADS[status]?.(application);
  application.pullEvents();
  return application;
};

/** Keeps applications in memory under the rules of the port. */
export class InMemoryServiceApplications extends ServiceApplicationRepository {
  readonly stored = new Map<string, ServiceApplication>();
  readonly entries: StatusEntry[] = [];
  readonly acts: CaseAct[] = [];

  constructor(...applications: ServiceApplication[]) {
    super();
    for (const application of applications) this.keep(application);
  }

  find(id: string): Promise<ServiceApplication | null> {
    return Promise.resolve(this.stored.get(id) ?? null);
  }

  ofApplicant(id: string, applicantId: string): Promise<ServiceApplication> {
    const found = this.stored.get(id);
    return found?.applicantId === applicantId ? Promise.resolve(found) : Promise.reject(new ApplicationNotFound());
  }

  ofAuthority(id: string, authorityCode: string): Promise<ServiceApplication> {
    const found = this.stored.get(id);
    return found?.authorityCode === authorityCode && found.isSent ? Promise.resolve(found) : Promise.reject(new ApplicationNotFound());
  }

  save(application: ServiceApplication, act?: CaseAct): Promise<void> {
    this.keep(application);
    if (act) this.acts.push(act);
    return Promise.resolve();
  }

  /** Status of the newest line of history. */
  statusOf(id: string): ApplicationStatus | undefined {
    return this.entries.filter((entry) => entry.applicationId === id).at(-1)?.status;
  }

  private keep(application: ServiceApplication): void {
    this.stored.set(application.id, application);
    this.entries.push(...application.pullEntries());
  }
}
