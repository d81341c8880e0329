import { randomUUID } from 'node:crypto';
import {
  applicationThatIs,
  CLERK,
  decisionFile,
  later,
  REACHABLE,
  submittedApplication,
} from '../../../../test/support/service-applications.js';
import { type TestApp, testApp } from '../../../../test/support/test-app.js';
import { CaseAct } from '../domain/case-act.js';
import { ApplicationChanged, ApplicationNotFound } from '../domain/service-application.errors.js';
import { ServiceApplicationRepository } from '../domain/service-application.repository.js';
import { type ServiceApplication } from '../domain/service-application.js';
import { StatusEntry } from '../domain/status-entry.js';
import { MikroOrmServiceApplicationRepository } from './mikro-orm-service-application.repository.js';
import { CaseActMapping, ServiceApplicationMapping, StatusEntryMapping } from './service-application.mapping.js';

describe('Stored applications', () => {
  let app: TestApp;
  let numbers = 0;

  beforeAll(async () => {
    app = await testApp({
      modules: [],
      mappings: [ServiceApplicationMapping, StatusEntryMapping, CaseActMapping],
      providers: [{ provide: ServiceApplicationRepository, useClass: MikroOrmServiceApplicationRepository }],
    });
  });
  afterAll(() => app?.close());

  const applications = () => app.get(ServiceApplicationRepository);
  const own = () => ({ id: randomUUID(), registrationNumber: `78-2027-${String((numbers += 1)).padStart(8, '0')}` });
  const stored = async (application: ServiceApplication): Promise<ServiceApplication> => {
    await app.inUnitOfWork(() => applications().save(application));
    return application;
  };

  it.each(REACHABLE)('come back as they were saved: %s', async (status) => {
    const changes = own();
    await stored(applicationThatIs(status, changes));
    const expected = applicationThatIs(status, changes);
    expected.pullEntries();

    const loaded = await app.inUnitOfWork(async () => ({ ...(await applications().find(changes.id)) }));
    expect(loaded).toEqual({ ...expected, version: 1 });
  });

  it('keep their history line by line', async () => {
    const changes = own();
    await stored(applicationThatIs('REFUSED', changes));
    const expected = applicationThatIs('REFUSED', changes).pullEntries();

    const entries = await app.inUnitOfWork((em) =>
      em.find(StatusEntry, { applicationId: changes.id }, { orderBy: { seq: 1 } }),
    );
    expect(entries.map((entry) => ({ ...entry }))).toEqual(expected.map((entry) => ({ ...entry })));
  });

  it('announce their events with the save', async () => {
    await app.settle();
    const { id } = await stored(submittedApplication(own()));
    await app.inUnitOfWork(async () => {
      const application = await applications().ofApplicant(id, submittedApplication().applicantId);
      application.send(later(1));
      await applications().save(application);
    });
    expect((await app.settle()).map(({ type, payload }) => `${type} ${String(payload['applicationId'])}`)).toEqual([
      `applications.submitted.v1 ${id}`,
      `applications.status-changed.v1 ${id}`,
    ]);
  });

  it('do not change without a reason: loading and saving writes no new version', async () => {
    const { id } = await stored(applicationThatIs('ACCEPTED', own()));
    await app.inUnitOfWork(async () => {
      const application = await applications().ofAuthority(id, 'COMMITTEE_EDUCATION');
      await applications().save(application, new CaseAct(randomUUID(), id, CLERK.staffId, 'VIEWED', later(5)));
    });
    expect(await app.sql.one('select version from applications.service_application where id = $1', [id])).toEqual({ version: 1 });
    expect(await app.sql.query('select act, staff_id from applications.case_act where application_id = $1', [id])).toEqual([
      { act: 'VIEWED', staff_id: CLERK.staffId },
    ]);
  });

  it('do not exist for another citizen, another authority or before they were sent', async () => {
    const [sent, unsent] = [await stored(applicationThatIs('SENT', own())), await stored(submittedApplication(own()))];
    await app.inUnitOfWork(async () => {
      await expect(applications().ofApplicant(sent.id, randomUUID())).rejects.toThrow(ApplicationNotFound);
      await expect(applications().ofAuthority(sent.id, 'COMMITTEE_TRANSPORT')).rejects.toThrow(ApplicationNotFound);
      await expect(applications().ofAuthority(unsent.id, 'COMMITTEE_EDUCATION')).rejects.toThrow(ApplicationNotFound);
    });
  });

  it('let one of two clerks who decide at once win', async () => {
    const { id } = await stored(applicationThatIs('ACCEPTED', own()));
    const load = () => applications().ofAuthority(id, 'COMMITTEE_EDUCATION');
    const late = app.inUnitOfWork(async () => {
      const application = await load();
      await app.inUnitOfWork(async () => {
        const first = await load();
        first.report(CLERK, 'Проверяем', null, later(5));
        await applications().save(first);
      });
      application.execute(CLERK, { reason: 'Зачислен', file: decisionFile(), signature: null }, later(5));
      await applications().save(application);
    });
    await expect(late).rejects.toThrow(ApplicationChanged);
    expect(
      await app.sql.query('select seq, status from applications.status_entry where application_id = $1 order by seq', [id]),
    ).toEqual([
      { seq: 1, status: 'SUBMITTED' },
      { seq: 2, status: 'SENT' },
      { seq: 3, status: 'ACCEPTED' },
      { seq: 4, status: 'IN_PROGRESS' },
    ]);
  });

  it('hold no answers, file names or comments in the clear', async () => {
    const { id } = await stored(applicationThatIs('REFUSED', own()));
    const dump = JSON.stringify([
      await app.sql.query('select * from applications.service_application where id = $1', [id]),
      await app.sql.query('select * from applications.status_entry where application_id = $1', [id]),
    ]);
    expect(dump).toContain('Запись в первый класс');
    for (const secret of ['Невский', 'Свидетельство', 'Решение.pdf', 'Нет мест', '273-ФЗ']) expect(dump).not.toContain(secret);
  });

  it.each(['status_entry', 'case_act'])('refuse to rewrite applications.%s', async (table) => {
    await expect(app.sql.pool.query(`update applications.${table} set at = now()`)).rejects.toThrow('append-only');
    await expect(app.sql.pool.query(`delete from applications.${table}`)).rejects.toThrow('append-only');
    await expect(app.sql.pool.query(`truncate applications.${table}`)).rejects.toThrow('append-only');
  });
});
