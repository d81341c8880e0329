import { randomUUID } from 'node:crypto';
import { type Clock } from '../../../kernel/clock.js';
import { type Ids } from '../../../kernel/ids.js';
import { FakeDocuments } from '../../../../test/support/fake-documents.js';
import { applicationThatIs, CLERK, InMemoryServiceApplications, later } from '../../../../test/support/service-applications.js';
import { type StoredFileInfo } from '../../documents/public.js';
import { type ApplicationStatus } from '../domain/application-status.js';
import {
  ApplicationChanged,
  ApplicationNotFound,
  AttachmentMissing,
  DecisionWithoutFile,
  IllegalTransition,
  UnfitSignature,
} from '../domain/service-application.errors.js';
import { ApplicationSubmitted } from '../domain/service-application.events.js';
import { AcceptApplication, AcceptApplicationHandler } from './accept-application.js';
import { AnswerRequest, AnswerRequestHandler } from './answer-request.js';
import { ConfirmCancellation, ConfirmCancellationHandler } from './confirm-cancellation.js';
import { DecideApplication, DecideApplicationHandler } from './decide-application.js';
import { DeclineCancellation, DeclineCancellationHandler } from './decline-cancellation.js';
import { HandToAuthority } from './hand-to-authority.js';
import { NoteCaseAccess, NoteCaseAccessHandler } from './note-case-access.js';
import { ReportProgress, ReportProgressHandler } from './report-progress.js';
import { RequestInfo, RequestInfoHandler } from './request-info.js';
import { WithdrawApplication, WithdrawApplicationHandler } from './withdraw-application.js';

const NOW = later(60);
const clock: Clock = { now: () => NOW };
const ids: Ids = { next: () => randomUUID() };
const NO_PAPER = { fileId: null, signatureFileId: null };

/** One application in a status, and who works on it. */
const given = (status: ApplicationStatus) => {
  const application = applicationThatIs(status);
  const applications = new InMemoryServiceApplications(application);
  const documents = new FakeDocuments();
  const on = {
    applicationId: application.id,
    authorityCode: 'COMMITTEE_EDUCATION',
    clerk: CLERK,
    seenLines: applications.entries.length,
  };
  return { application, applications, documents, on, citizen: application.applicantId };
};

describe('Work on a case', () => {
  it('begins when the application was submitted: it appears in the queue', async () => {
    const { application, applications, on } = given('SUBMITTED');
    await expect(applications.ofAuthority(application.id, on.authorityCode)).rejects.toThrow(ApplicationNotFound);

    const event = new ApplicationSubmitted(application.id, application.applicantId, '78-2027-00000017', 'SCHOOL_FIRST_GRADE', NOW.toISOString());
    const reaction = new HandToAuthority(applications, clock);
    await reaction.handle(event);
    await reaction.handle(event);

    expect(applications.entries.map(({ status }) => status)).toEqual(['SUBMITTED', 'SENT']);
    await expect(applications.ofAuthority(application.id, on.authorityCode)).resolves.toBe(application);
  });

  it('moves the application and leaves a record of the clerk', async () => {
    const { application, applications, documents, on } = given('SENT');
    await new AcceptApplicationHandler(applications, clock, ids).execute(new AcceptApplication(on));
    await new ReportProgressHandler(applications, documents.queries, documents.commands, clock, ids).execute(
      new ReportProgress({ ...on, seenLines: 3 }, 'Проверяем сведения', NO_PAPER),
    );
    await new RequestInfoHandler(applications, clock, ids).execute(new RequestInfo({ ...on, seenLines: 4 }, 'Уточните адрес', '2027-04-09'));

    expect(applications.statusOf(application.id)).toBe('AWAITING_INFO');
    expect(applications.acts.map(({ act, staffId, at }) => ({ act, staffId, at }))).toEqual(
      ['ACCEPTED', 'COMMENTED', 'INFO_REQUESTED'].map((act) => ({ act, staffId: CLERK.staffId, at: NOW })),
    );
  });

  it('records a look without changing anything', async () => {
    const { application, applications, on } = given('ACCEPTED');
    await new NoteCaseAccessHandler(applications, clock, ids).execute(
      new NoteCaseAccess(application.id, on.authorityCode, CLERK.staffId, 'VIEWED'),
    );
    expect(applications.acts).toMatchObject([{ act: 'VIEWED', applicationId: application.id, staffId: CLERK.staffId }]);
    expect(applications.statusOf(application.id)).toBe('ACCEPTED');
  });

  it('is refused to a clerk of another authority, who leaves no record', async () => {
    const { applications, on } = given('SENT');
    const handler = new AcceptApplicationHandler(applications, clock, ids);
    await expect(handler.execute(new AcceptApplication({ ...on, authorityCode: 'COMMITTEE_TRANSPORT' }))).rejects.toThrow(ApplicationNotFound);
    expect(applications.acts).toEqual([]);
  });

  it('is refused to the second of two clerks who saw the same page', async () => {
    const { application, applications, on } = given('SENT');
    const handler = new AcceptApplicationHandler(applications, clock, ids);
    await handler.execute(new AcceptApplication(on));
    await expect(handler.execute(new AcceptApplication(on))).rejects.toThrow(ApplicationChanged);
    expect(applications.entries.filter(({ status }) => status === 'ACCEPTED')).toHaveLength(1);
    expect(applications.acts).toHaveLength(1);
    expect(applications.statusOf(application.id)).toBe('ACCEPTED');
  });

  it.each(['EXECUTED', 'REFUSED'] as const)('ends with a decision and its file: %s', async (outcome) => {
    const { application, applications, documents, on } = given('ACCEPTED');
    const { fileId } = documents.put(CLERK.staffId, 'Решение.pdf');
    await new DecideApplicationHandler(applications, documents.queries, documents.commands, clock, ids).execute(
      new DecideApplication(on, { outcome, reason: 'Рассмотрено', legalGround: '273-ФЗ, ст. 67', paper: { fileId, signatureFileId: null } }),
    );
    const entry = applications.entries.at(-1);
    expect(entry).toMatchObject({ status: outcome, comment: 'Рассмотрено', attachments: [{ fileId, name: 'Решение.pdf' }] });
    expect(entry?.legalGround).toBe(outcome === 'REFUSED' ? '273-ФЗ, ст. 67' : null);
    expect(documents.held).toEqual([{ holder: `application:${application.id}`, fileIds: [fileId] }]);
    expect(applications.acts).toMatchObject([{ act: outcome }]);
  });

  it.each([
    ['no file', () => null, DecisionWithoutFile],
    ['a file of somebody else', (documents: FakeDocuments) => documents.put(randomUUID(), 'Чужое.pdf').fileId, AttachmentMissing],
  ] as const)('does not end with %s', async (_, fileOf, refusal) => {
    const { application, applications, documents, on } = given('ACCEPTED');
    const handler = new DecideApplicationHandler(applications, documents.queries, documents.commands, clock, ids);
    const decision = { outcome: 'EXECUTED', reason: 'Зачислен', legalGround: '', paper: { fileId: fileOf(documents), signatureFileId: null } } as const;
    await expect(handler.execute(new DecideApplication(on, decision))).rejects.toThrow(refusal);
    expect(applications.statusOf(application.id)).toBe('ACCEPTED');
    expect(documents.held).toEqual([]);
  });

  it('tells the citizen how far it is with a notice and its signature, both held', async () => {
    const { application, applications, documents, on } = given('ACCEPTED');
    const [file, signature] = ['Приглашение.pdf', 'Приглашение.pdf.sig'].map((name) => documents.put(CLERK.staffId, name)) as [StoredFileInfo, StoredFileInfo];
    await new ReportProgressHandler(applications, documents.queries, documents.commands, clock, ids).execute(
      new ReportProgress(on, 'Приглашаем на проверку', { fileId: file.fileId, signatureFileId: signature.fileId }),
    );
    expect(applications.entries.at(-1)?.attachments).toMatchObject([{ fileId: file.fileId }, { fileId: signature.fileId, signs: file.fileId }]);
    expect(documents.held).toEqual([{ holder: `application:${application.id}`, fileIds: [file.fileId, signature.fileId] }]);
  });

  it.each([
    ['without a file it signs', null, 'Подпись.sig'],
    ['that is no .sig', 'Решение.pdf', 'Подпись.pdf'],
  ])('refuses a signature %s', async (_, file, signature) => {
    const { application, applications, documents, on } = given('ACCEPTED');
    const paper = { fileId: file && documents.put(CLERK.staffId, file).fileId, signatureFileId: documents.put(CLERK.staffId, signature).fileId };
    const handler = new ReportProgressHandler(applications, documents.queries, documents.commands, clock, ids);
    await expect(handler.execute(new ReportProgress(on, 'Готово', paper))).rejects.toThrow(UnfitSignature);
    expect(applications.statusOf(application.id)).toBe('ACCEPTED');
  });

  it('lets the authority confirm or decline a withdrawal', async () => {
    const confirmed = given('CANCELLING');
    await new ConfirmCancellationHandler(confirmed.applications, clock, ids).execute(new ConfirmCancellation(confirmed.on));
    expect(confirmed.applications.statusOf(confirmed.application.id)).toBe('CANCELLED');

    const declined = given('CANCELLING');
    await new DeclineCancellationHandler(declined.applications, clock, ids).execute(new DeclineCancellation(declined.on, 'Место уже занято'));
    expect(declined.applications.statusOf(declined.application.id)).toBe('ACCEPTED');
    expect(declined.applications.acts).toMatchObject([{ act: 'CANCELLATION_DECLINED' }]);
  });
});

describe('The citizen', () => {
  it('answers with words and files, which are held', async () => {
    const { application, applications, documents, on, citizen } = given('AWAITING_INFO');
    const { fileId } = documents.put(citizen, 'Справка.pdf');
    await new AnswerRequestHandler(applications, documents.queries, documents.commands, clock).execute(
      new AnswerRequest(application.id, citizen, on.seenLines, 'Справка приложена', [fileId]),
    );
    expect(applications.entries.at(-1)).toMatchObject({ status: 'IN_PROGRESS', actor: 'APPLICANT', attachments: [{ name: 'Справка.pdf' }] });
    expect(documents.held).toEqual([{ holder: `application:${application.id}`, fileIds: [fileId] }]);
  });

  it.each([
    ['twice', (citizen: string) => citizen, ApplicationChanged, 2],
    ['an application of somebody else', () => randomUUID(), ApplicationNotFound, 1],
  ] as const)('cannot answer %s', async (_, who, refusal, tries) => {
    const { application, applications, documents, on, citizen } = given('AWAITING_INFO');
    const handler = new AnswerRequestHandler(applications, documents.queries, documents.commands, clock);
    const order = new AnswerRequest(application.id, who(citizen), on.seenLines, 'Ответ', []);
    for (let tried = 1; tried < tries; tried += 1) await handler.execute(order);
    await expect(handler.execute(order)).rejects.toThrow(refusal);
  });

  it('cannot attach a file of somebody else', async () => {
    const { application, applications, documents, on, citizen } = given('AWAITING_INFO');
    const { fileId } = documents.put(randomUUID(), 'Чужая.pdf');
    const handler = new AnswerRequestHandler(applications, documents.queries, documents.commands, clock);
    await expect(handler.execute(new AnswerRequest(application.id, citizen, on.seenLines, 'Ответ', [fileId]))).rejects.toThrow(AttachmentMissing);
    expect(applications.statusOf(application.id)).toBe('AWAITING_INFO');
  });

  it('withdraws, but not what has been decided', async () => {
    const open = given('ACCEPTED');
    await new WithdrawApplicationHandler(open.applications, clock).execute(
      new WithdrawApplication(open.application.id, open.citizen, open.on.seenLines),
    );
    expect(open.applications.statusOf(open.application.id)).toBe('CANCELLING');

    const decided = given('EXECUTED');
    const handler = new WithdrawApplicationHandler(decided.applications, clock);
    await expect(handler.execute(new WithdrawApplication(decided.application.id, decided.citizen, decided.on.seenLines))).rejects.toThrow(
      IllegalTransition,
    );
  });
});
