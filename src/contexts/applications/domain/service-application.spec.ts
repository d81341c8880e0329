import { applicationThatIs, CLERK, decisionFile, later, REACHABLE, SUBMITTED_AT, submittedApplication } from '../../../../test/support/service-applications.js';
import { ApplicationChanged, IllegalTransition, RespondByNotAhead, TextOutOfBounds } from './service-application.errors.js';
import { ApplicationStatusChanged, ApplicationSubmitted } from './service-application.events.js';
import { type ServiceApplication } from './service-application.js';

const NOW = later(60);

const VERBS: Record<string, { readonly act: (it: ServiceApplication) => void; readonly from: readonly string[] }> = {
  accept: { act: (it) => it.accept(CLERK, NOW), from: ['SENT'] },
  report: { act: (it) => it.report(CLERK, 'Проверяем', null, NOW), from: ['SENT', 'ACCEPTED', 'IN_PROGRESS'] },
  requestInfo: { act: (it) => it.requestInfo(CLERK, 'Уточните адрес', '2027-04-09', NOW), from: ['SENT', 'ACCEPTED', 'IN_PROGRESS'] },
  answer: { act: (it) => it.answer('Вот справка', [], NOW), from: ['AWAITING_INFO'] },
  execute: {
    act: (it) => it.execute(CLERK, { reason: 'Зачислен', file: decisionFile(), signature: null }, NOW),
    from: ['SENT', 'ACCEPTED', 'IN_PROGRESS', 'AWAITING_INFO', 'CANCELLING'],
  },
  refuse: {
    act: (it) => it.refuse(CLERK, { reason: 'Нет мест', legalGround: '273-ФЗ, ст. 67', file: decisionFile(), signature: null }, NOW),
    from: ['SENT', 'ACCEPTED', 'IN_PROGRESS', 'AWAITING_INFO', 'CANCELLING'],
  },
  withdraw: { act: (it) => it.withdraw(NOW), from: ['SUBMITTED', 'SENT', 'ACCEPTED', 'IN_PROGRESS', 'AWAITING_INFO'] },
  confirmCancellation: { act: (it) => it.confirmCancellation(CLERK, NOW), from: ['CANCELLING'] },
  declineCancellation: { act: (it) => it.declineCancellation(CLERK, 'Услуга уже оказана', NOW), from: ['CANCELLING'] },
};

const cases = Object.entries(VERBS).flatMap(([verb, { act, from }]) =>
  REACHABLE.map((status) => ({ verb, act, status, allowed: from.includes(status) })),
);

const lastStatus = (application: ServiceApplication) => application.pullEntries().at(-1)?.status;

describe('A submitted application', () => {
  it('begins its history and is announced', () => {
    const application = submittedApplication();

    expect(application.pullEvents()).toEqual([
      new ApplicationSubmitted(application.id, application.applicantId, '78-2027-00000017', 'SCHOOL_FIRST_GRADE', SUBMITTED_AT.toISOString()),
    ]);
    expect(application.pullEntries()).toMatchObject([{ seq: 1, status: 'SUBMITTED', actor: 'APPLICANT', at: SUBMITTED_AT, comment: null }]);
  });

  it('comes into the queue once', () => {
    const application = submittedApplication();
    application.send(later(1));
    application.send(later(2));

    expect(application.pullEntries().map(({ status, actor }) => `${status} ${actor}`)).toEqual(['SUBMITTED APPLICANT', 'SENT SYSTEM']);
  });

  it('stays withdrawn when the sending comes too late', () => {
    const application = applicationThatIs('CANCELLED');
    application.pullEntries();
    application.send(NOW);

    expect(application.pullEvents()).toEqual([]);
    expect(application.pullEntries()).toEqual([]);
  });

  it.each(cases.filter(({ allowed }) => allowed))('lets "$verb" happen to one that is $status', ({ act, status }) => {
    const application = applicationThatIs(status);
    application.pullEntries();
    act(application);

    const [entry] = application.pullEntries();
    const [event] = application.pullEvents() as ApplicationStatusChanged[];
    expect(entry).toMatchObject({ at: NOW });
    expect(event).toBeInstanceOf(ApplicationStatusChanged);
    expect(event).toMatchObject({ applicationId: application.id, status: entry?.status, changedAt: NOW.toISOString() });
  });

  it.each(cases.filter(({ allowed }) => !allowed))('refuses "$verb" to one that is $status', ({ act, status }) => {
    const application = applicationThatIs(status);
    application.pullEntries();

    expect(() => act(application)).toThrow(IllegalTransition);
    expect(application.pullEvents()).toEqual([]);
    expect(application.pullEntries()).toEqual([]);
  });

  it('numbers its history without gaps', () => {
    const application = applicationThatIs('CANCELLING');
    expect(application.pullEntries().map(({ seq, status }) => `${seq} ${status}`)).toEqual(['1 SUBMITTED', '2 SENT', '3 ACCEPTED', '4 CANCELLING']);
  });

  it('tells the citizen what is asked and by when', () => {
    const application = applicationThatIs('ACCEPTED');
    application.pullEntries();
    application.requestInfo(CLERK, '  Приложите справку  ', '2027-04-09', NOW);

    expect(application.pullEntries()).toMatchObject([
      { status: 'AWAITING_INFO', actor: 'AUTHORITY', staffId: CLERK.staffId, staffName: CLERK.name, comment: 'Приложите справку', respondBy: '2027-04-09' },
    ]);
    expect(application.pullEvents()).toMatchObject([{ status: 'AWAITING_INFO', respondBy: '2027-04-09' }]);
  });

  it.each(['2027-03-31', '2027-04-01'])('refuses to ask for an answer by %s, which is not ahead', (respondBy) => {
    expect(() => applicationThatIs('SENT').requestInfo(CLERK, 'Уточните', respondBy, NOW)).toThrow(RespondByNotAhead);
  });

  it('is worked on again with the answer and its files', () => {
    const application = applicationThatIs('AWAITING_INFO');
    application.pullEntries();
    application.answer('Справка приложена', [decisionFile('Справка.pdf')], NOW);

    expect(application.pullEntries()).toMatchObject([
      { status: 'IN_PROGRESS', actor: 'APPLICANT', comment: 'Справка приложена', attachments: [{ name: 'Справка.pdf' }] },
    ]);
    expect(application.pullEvents()).toMatchObject([{ status: 'IN_PROGRESS', respondBy: null }]);
  });

  it.each(['', '   ', 'я'.repeat(4001)])('refuses an answer of the wrong length', (text) => {
    expect(() => applicationThatIs('AWAITING_INFO').answer(text, [], NOW)).toThrow(TextOutOfBounds);
  });

  it('takes an answer of exactly 4000 characters', () => {
    const application = applicationThatIs('AWAITING_INFO');
    application.answer('я'.repeat(4000), [], NOW);
    expect(lastStatus(application)).toBe('IN_PROGRESS');
  });

  it.each([
    ['a reason', { reason: ' ', legalGround: '273-ФЗ, ст. 67' }],
    ['a legal ground', { reason: 'Нет мест', legalGround: '' }],
  ])('refuses a refusal without %s', (_, words) => {
    expect(() => applicationThatIs('ACCEPTED').refuse(CLERK, { ...words, file: decisionFile(), signature: null }, NOW)).toThrow(TextOutOfBounds);
  });

  it('carries the signature of a paper beside the file it signs', () => {
    const signature = { ...decisionFile('Подпись.sig'), fileId: 'f2', extension: 'sig' };
    const application = applicationThatIs('ACCEPTED');
    application.pullEntries();
    application.report(CLERK, 'Приглашаем на проверку', { file: decisionFile('Приглашение.pdf'), signature }, NOW);
    application.execute(CLERK, { reason: 'Зачислен', file: decisionFile(), signature: null }, NOW);
    expect(application.pullEntries().map(({ attachments }) => attachments)).toEqual([
      [decisionFile('Приглашение.pdf'), { ...signature, signs: decisionFile().fileId }],
      [decisionFile()],
    ]);
  });

  it('is withdrawn at once before it was sent, by leave of the authority afterwards', () => {
    const [atOnce, asked] = [submittedApplication(), applicationThatIs('SENT')];
    atOnce.withdraw(NOW);
    asked.withdraw(NOW);
    expect([lastStatus(atOnce), lastStatus(asked)]).toEqual(['CANCELLED', 'CANCELLING']);
  });

  it('returns to the question and its day when the withdrawal is declined', () => {
    const application = applicationThatIs('AWAITING_INFO');
    application.withdraw(later(5));
    application.pullEntries();
    application.pullEvents();
    application.declineCancellation(CLERK, 'Решение уже готово', NOW);

    expect(application.pullEntries()).toMatchObject([{ status: 'AWAITING_INFO', cancellationDeclined: true, comment: 'Решение уже готово' }]);
    expect(application.pullEvents()).toMatchObject([{ status: 'AWAITING_INFO', respondBy: '2027-04-05' }]);
    application.answer('Вот справка', [], NOW);
    expect(lastStatus(application)).toBe('IN_PROGRESS');
  });

  it('refuses who decides on a history that has grown since', () => {
    const application = applicationThatIs('ACCEPTED');
    expect(() => application.expectSeen(2)).toThrow(ApplicationChanged);
    expect(() => application.expectSeen(3)).not.toThrow();
  });
});
