import { randomUUID } from 'node:crypto';
import {
  COMPLAINT_PAGES,
  type DraftsApp,
  draftsApp,
  MARIA,
  SCHOOL_PAGES,
} from '../../../../test/support/filling-drafts.js';
import { publishComplaint } from '../../../../test/support/publish-complaint.js';
import { DraftChanged, DraftNotFound } from '../domain/draft.errors.js';
import { type SubmissionReceipt } from '../domain/draft.js';
import {
  AccountLevelTooLow,
  AlreadySubmitted,
  DuplicateApplication,
  FormNotComplete,
  IdempotencyKeyReused,
  ServiceClosed,
  WindowClosed,
  WindowNotOpen,
} from '../domain/submission.errors.js';
import { ApplicationsAttentionQuery } from './applications-attention.query.js';
import { AttachFiles } from './attach-files.js';
import { Submissions } from './ports/submissions.js';
import { SaveDraft } from './save-draft.js';
import { StartDraft } from './start-draft.js';
import { SubmitApplication } from './submit-application.js';

describe('Sending an application', () => {
  let app: DraftsApp;
  let maria: string;

  beforeAll(async () => {
    app = await draftsApp();
  });
  afterAll(() => app?.close());
  beforeEach(() => {
    maria = randomUUID();
    app.neighbours.applicant = MARIA;
  });

  const versionOf = async (draftId: string): Promise<number> =>
    (await app.sql.one<{ version: number }>('select version from applications.draft where id = $1', [draftId]))!
      .version;

  const fill = async (
    draftId: string,
    pages: Readonly<Record<string, Readonly<Record<string, unknown>>>>,
    by = maria,
  ): Promise<string> => {
    let version = await versionOf(draftId);
    for (const [step, typed] of Object.entries(pages))
      ({ version } = await app.execute(new SaveDraft(draftId, by, version, step, typed)));
    return draftId;
  };
  const complaint = async () => fill(await app.execute(new StartDraft(maria, 'PRE_TRIAL_COMPLAINT')), COMPLAINT_PAGES);
  const schoolEntry = async () => {
    const draftId = await app.execute(new StartDraft(maria, 'SCHOOL_FIRST_GRADE'));
    await fill(draftId, SCHOOL_PAGES);
    const scan = app.neighbours.addFile('Свидетельство.pdf');
    await app.execute(new AttachFiles(draftId, maria, 'birthCertificateScan', [scan.fileId], false));
    return { draftId, scan };
  };
  const send = async (
    draftId: string,
    options: { key?: string; version?: number; level?: 'STANDARD' | 'CONFIRMED'; by?: string } = {},
  ) =>
    app.execute(
      new SubmitApplication(
        draftId,
        options.by ?? maria,
        options.level ?? 'CONFIRMED',
        options.version ?? (await versionOf(draftId)),
        options.key ?? randomUUID(),
      ),
    );
  const applicationsOf = (by: string) =>
    app.sql.query<{ id: string; registration_number: string; authority_code: string }>(
      'select id, registration_number, authority_code from applications.service_application where applicant_id = $1',
      [by],
    );

  it('gives it a number of the year and closes the draft, all at once', async () => {
    const draftId = await complaint();
    await app.settle();
    const { applicationId, registrationNumber } = await send(draftId);

    expect(registrationNumber).toMatch(/^78-2026-\d{8}$/);
    expect(await applicationsOf(maria)).toEqual([
      { id: applicationId, registration_number: registrationNumber, authority_code: 'COMMITTEE_TRANSPORT' },
    ]);
    expect(
      await app.sql.query('select seq, status from applications.status_entry where application_id = $1', [
        applicationId,
      ]),
    ).toEqual([{ seq: 1, status: 'SUBMITTED' }]);
    expect(
      await app.sql.one('select application_id, registration_number from applications.draft where id = $1', [draftId]),
    ).toEqual({
      application_id: applicationId,
      registration_number: registrationNumber,
    });
    expect((await app.settle()).map(({ type, payload }) => [type, payload['applicationId']])[0]).toEqual([
      'applications.submitted.v1',
      applicationId,
    ]);
  });

  it('holds the files that went out with it', async () => {
    const { draftId, scan } = await schoolEntry();
    const { applicationId } = await send(draftId);
    await app.settle();
    expect(app.neighbours.held.get(`application:${applicationId}`)).toEqual([scan.fileId]);
  });

  it('keeps no answer in the clear, neither in the draft nor in the application', async () => {
    const draftId = await complaint();
    const open = JSON.stringify(await app.sql.query('select * from applications.draft where id = $1', [draftId]));
    const { applicationId } = await send(draftId);
    const sent = JSON.stringify(
      await app.sql.query('select * from applications.service_application where id = $1', [applicationId]),
    );
    for (const text of ['отказали', '79210000006', 'Невская']) {
      expect(open).not.toContain(text);
      expect(sent).not.toContain(text);
    }
  });

  it('answers a double click with the same number', async () => {
    const draftId = await complaint();
    const [key, version] = [randomUUID(), await versionOf(draftId)];
    const first = await send(draftId, { key, version });
    expect(await send(draftId, { key, version })).toEqual(first);
    expect(await applicationsOf(maria)).toHaveLength(1);
  });

  it('makes one application of many simultaneous clicks on one button', async () => {
    const draftId = await complaint();
    const [key, version] = [randomUUID(), await versionOf(draftId)];
    const receipts = await Promise.all(Array.from({ length: 8 }, () => send(draftId, { key, version })));
    expect(new Set(receipts.map(({ registrationNumber }) => registrationNumber)).size).toBe(1);
    expect(await applicationsOf(maria)).toHaveLength(1);
  });

  it('tells the slower of two tabs the number of the faster', async () => {
    const draftId = await complaint();
    const version = await versionOf(draftId);
    const results = await Promise.allSettled([send(draftId, { version }), send(draftId, { version })]);
    const won = results.find(
      (result): result is PromiseFulfilledResult<SubmissionReceipt> => result.status === 'fulfilled',
    )!;
    const lost = results.find((result): result is PromiseRejectedResult => result.status === 'rejected')!;
    expect(lost.reason).toBeInstanceOf(AlreadySubmitted);
    expect((lost.reason as AlreadySubmitted).details).toEqual(won.value);
    expect(await applicationsOf(maria)).toHaveLength(1);
  });

  it('refuses a key that has sent something else', async () => {
    const [first, second] = [await complaint(), await complaint()];
    const key = randomUUID();
    const version = await versionOf(first);
    await send(first, { key, version });
    await expect(send(second, { key })).rejects.toThrow(IdempotencyKeyReused);
    await expect(send(first, { key, version: version + 1 })).rejects.toThrow(IdempotencyKeyReused);
    expect(await applicationsOf(maria)).toHaveLength(1);
  });

  it('does not know the draft of someone else', async () => {
    await expect(send(await complaint(), { by: randomUUID() })).rejects.toThrow(DraftNotFound);
  });

  it('refuses an account below the level before it looks at anything else', async () => {
    await expect(send(await complaint(), { level: 'STANDARD', version: 999 })).rejects.toThrow(AccountLevelTooLow);
  });

  it('refuses a draft that was changed in another tab', async () => {
    const draftId = await complaint();
    const version = await versionOf(draftId);
    await fill(draftId, { TEXT: { ...COMPLAINT_PAGES['TEXT'], demand: 'Разобраться и ответить' } });
    await expect(send(draftId, { version })).rejects.toThrow(DraftChanged);
  });

  it('refuses what is not filled and leaves the draft as it was', async () => {
    const draftId = await complaint();
    await fill(draftId, { TEXT: { text: 'Мало', demand: '' } });
    await expect(send(draftId)).rejects.toMatchObject(new FormNotComplete({ count: 2 }));
    expect(await app.sql.one('select application_id from applications.draft where id = $1', [draftId])).toEqual({
      application_id: null,
    });
  });

  it('refuses a file that has gone from the cabinet since', async () => {
    const { draftId } = await schoolEntry();
    app.neighbours.files = [];
    await expect(send(draftId)).rejects.toThrow(FormNotComplete);
  });

  it('refuses a child that the profile no longer knows', async () => {
    const { draftId } = await schoolEntry();
    app.neighbours.applicant = { ...MARIA, children: [] };
    await expect(send(draftId)).rejects.toThrow(FormNotComplete);
  });

  it('refuses the same child in the same school and year, and allows it after a withdrawal', async () => {
    await send((await schoolEntry()).draftId);
    const { draftId } = await schoolEntry();
    await expect(send(draftId)).rejects.toThrow(DuplicateApplication);

    const [application] = await applicationsOf(maria);
    await app.settle();
    await app.sql.query(
      `insert into platform.outbox (id, type, payload, occurred_at) values ($1, 'applications.status-changed.v1', $2, now())`,
      [randomUUID(), JSON.stringify({ applicationId: application!.id, applicantId: maria, status: 'CANCELLED' })],
    );
    await app.settle();
    expect((await send(draftId)).registrationNumber).toMatch(/^78-2026-/);
  });

  it('refuses a service that was closed', async () => {
    const draftId = await complaint();
    await app.sql.query(`update applications.service set active = false where code = 'PRE_TRIAL_COMPLAINT'`);
    app.clock.advance(10_000);
    try {
      await expect(send(draftId)).rejects.toThrow(ServiceClosed);
    } finally {
      await app.sql.query(`update applications.service set active = true where code = 'PRE_TRIAL_COMPLAINT'`);
      app.clock.advance(10_000);
    }
  });

  it('goes by the window to the millisecond, by the clock of the server', async () => {
    await publishComplaint(app, 2, [{ code: 'SPRING', title: 'Весенний приём', opens: '04-01', closes: '07-01' }]);
    const now = app.clock.now();
    try {
      const [early, late, missed] = [await complaint(), await complaint(), await complaint()];
      await expect(send(early)).rejects.toMatchObject(new WindowNotOpen({ opensAt: '2027-03-31T21:00:00.000Z' }));
      app.clock.set('2027-03-31T20:59:59.999Z');
      await expect(send(early)).rejects.toThrow(WindowNotOpen);
      app.clock.set('2027-03-31T21:00:00.000Z');
      await send(early);
      app.clock.set('2027-06-30T20:59:59.999Z');
      await send(late);
      app.clock.set('2027-06-30T21:00:00.000Z');
      await expect(send(missed)).rejects.toMatchObject(
        new WindowClosed({ closedAt: '2027-06-30T21:00:00.000Z', opensAt: '2028-03-31T21:00:00.000Z' }),
      );
    } finally {
      app.clock.set(now);
      await publishComplaint(app, 3, []);
    }
  });

  it('gives numbers of the Moscow year', async () => {
    const now = app.clock.now();
    app.clock.set('2026-12-31T21:00:00Z');
    const receipt = await send(await complaint());
    app.clock.set(now);
    expect(receipt.registrationNumber).toMatch(/^78-2027-/);
  });

  it('gives everybody who asks at once a number of their own, counted year by year', async () => {
    const submissions = app.get(Submissions);
    const ask = (year: number) => Promise.all(Array.from({ length: 40 }, () => submissions.nextNumber(year)));
    const [of2030, of2031] = await Promise.all([ask(2030), ask(2031)]);
    const expected = Array.from({ length: 40 }, (_, at) => at + 1);
    expect(of2030.toSorted((a, b) => a - b)).toEqual(expected);
    expect(of2031.toSorted((a, b) => a - b)).toEqual(expected);
    expect(await submissions.nextNumber(2030)).toBe(41);
  });

  it('moves from the drafts to the applications in progress on the first page', async () => {
    const draftId = await complaint();
    await complaint();
    const before = await app.ask(new ApplicationsAttentionQuery(maria));
    expect(before).toMatchObject({ draftCount: 2, inProgressCount: 0, awaiting: [] });
    expect(before.drafts[0]).toMatchObject({ serviceTitle: 'Досудебное обжалование', progressPercent: 100 });
    await send(draftId);
    expect(await app.ask(new ApplicationsAttentionQuery(maria))).toMatchObject({ draftCount: 1, inProgressCount: 1 });
  });
});
