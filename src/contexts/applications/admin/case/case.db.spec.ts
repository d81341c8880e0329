import { randomUUID } from 'node:crypto';
import { type ApplicationsApp, applicationsApp } from '../../../../../test/support/applications-app.js';
import { applicationThatIs, CLERK } from '../../../../../test/support/service-applications.js';
import { type ApplicationStatus } from '../../domain/application-status.js';

const PDF = new Uint8Array(Buffer.from('%PDF-1.7 решение'));
const SIG = new Uint8Array(Buffer.from('подпись'));
const decisionFiles = [{ field: 'file', name: 'Решение о зачислении.pdf', content: PDF }];

describe('The case page of a clerk', () => {
  let app: ApplicationsApp;

  beforeAll(async () => {
    app = await applicationsApp();
  });
  afterAll(() => app?.close());

  const linesOf = (status: ApplicationStatus): string => String(applicationThatIs(status).pullEntries().length);
  const actsOf = async (id: string) =>
    (await app.sql.query<{ act: string }>('select act from applications.case_act where application_id = $1 order by id', [id])).map(({ act }) => act);
  /** A clerk who has the case open. */
  const opened = async (status: ApplicationStatus) => {
    const application = await app.stored(status);
    const clerk = app.asClerk();
    const shown = await clerk.open(`/office/applications/${application.id}`);
    return { id: application.id, clerk, shown, base: `/office/applications/${application.id}`, seen: linesOf(status) };
  };

  it('shows what was sent, what happened and by whom, and records the look', async () => {
    const { id, shown } = await opened('AWAITING_INFO');
    expect(shown.status).toBe(200);
    for (const words of ['Невский Пётр', 'Свидетельство.pdf', 'Приложите справку', CLERK.name, 'Ответить до 5 апреля 2027 г.']) expect(shown.text).toContain(words);
    expect(await actsOf(id)).toEqual(['VIEWED']);
  });

  it.each([
    ['SENT', ['Принять в работу', 'Сообщить промежуточный результат', 'Запросить сведения', 'Принять решение']],
    ['ACCEPTED', ['Сообщить промежуточный результат', 'Запросить сведения', 'Принять решение']],
    ['AWAITING_INFO', ['Принять решение']],
    ['CANCELLING', ['Подтвердить отмену', 'Отказать в отмене', 'Принять решение']],
    ['EXECUTED', []],
  ] as const)('offers only what may be done with one that is %s', async (status, offered) => {
    const all = [
      'Принять в работу',
      'Подтвердить отмену',
      'Отказать в отмене',
      'Сообщить промежуточный результат',
      'Запросить сведения',
      'Принять решение',
    ];
    const { shown } = await opened(status);
    // What is offered is a button or the head of a disclosure.
    const heads = [...shown.html.matchAll(/<(?:button|summary)[^>]*>([^<]+)</g)].map(([, words]) => words?.trim());
    expect(all.filter((words) => heads.includes(words))).toEqual(offered);
  });

  it('takes a case from acceptance to a decision with its file', async () => {
    const { id, clerk, base } = await opened('SENT');
    expect((await clerk.send(`${base}/accept`, { seen: '2' })).location).toBe(base);
    await clerk.sendFiles(`${base}/progress`, { comment: 'Проверяем прописку', seen: '3' }, []);
    await clerk.send(`${base}/request-info`, { question: 'Уточните адрес', respondBy: '09.04.2027', seen: '4' });
    const decided = await clerk.sendFiles(
      `${base}/decision`,
      { outcome: 'EXECUTED', reason: 'Зачислен в 1 «А»', legalGround: '', seen: '5' },
      decisionFiles,
    );
    expect(decided.status).toBe(303);
    const { text } = await clerk.open(base);
    for (const words of ['Исполнено', 'Зачислен в 1 «А»', 'Решение о зачислении.pdf', 'Работа с заявлением завершена']) expect(text).toContain(words);
    expect(await actsOf(id)).toEqual(['VIEWED', 'ACCEPTED', 'COMMENTED', 'INFO_REQUESTED', 'EXECUTED', 'VIEWED']);
    expect((await app.settle()).filter(({ payload }) => payload['applicationId'] === id).map(({ payload }) => payload['status'])).toEqual([
      'ACCEPTED',
      'IN_PROGRESS',
      'AWAITING_INFO',
      'EXECUTED',
    ]);
  });

  it('gives the decision to the citizen', async () => {
    const { id, clerk, base } = await opened('ACCEPTED');
    await clerk.sendFiles(`${base}/decision`, { outcome: 'REFUSED', reason: 'Нет мест', legalGround: '273-ФЗ, ст. 67', seen: '3' }, decisionFiles);
    const row = await app.sql.one<{ applicant_id: string }>('select applicant_id from applications.service_application where id = $1', [id]);
    const citizen = app.asCitizen(row!.applicant_id);
    const page = await citizen.open(`/applications/${id}`);
    for (const words of ['Отказано', 'Нет мест', 'Основание отказа: 273-ФЗ, ст. 67', 'Решение о зачислении.pdf']) expect(page.text).toContain(words);
    const file = new RegExp(`/applications/${id}/files/[^"/]+`).exec(page.html)?.[0];
    expect((await citizen.open(file!)).html).toBe('%PDF-1.7 решение');
  });

  it.each([
    ['without a reason', { outcome: 'EXECUTED', reason: '' }, decisionFiles, 'Напишите, что решено и почему'],
    ['a refusal without its ground', { outcome: 'REFUSED', reason: 'Нет мест', legalGround: '' }, decisionFiles, 'Укажите норму, на которой основан отказ'],
    ['without a file', { outcome: 'EXECUTED', reason: 'Зачислен' }, [], 'Приложите файл с решением'],
    ['without an outcome', { reason: 'Зачислен' }, decisionFiles, 'Выберите решение'],
  ] as const)('refuses a decision %s', async (_, fields, files, words) => {
    const { id, clerk, base } = await opened('ACCEPTED');
    const refused = await clerk.sendFiles(`${base}/decision`, { ...fields, seen: '3' }, files);
    expect(refused.status).toBe(422);
    expect(refused.text).toContain(words);
    expect(await app.statusOf(id)).toBe('ACCEPTED');
  });

  it('sends a notice and a decision with their signatures, which the citizen can fetch', async () => {
    const { id, clerk, base } = await opened('ACCEPTED');
    const papers = (file: string, signature: string, name: string) => [
      { field: file, name, content: PDF },
      { field: signature, name: `${name}.sig`, content: SIG },
    ];
    const told = await clerk.sendFiles(`${base}/progress`, { comment: 'Приглашаем', seen: '3' }, papers('noticeFile', 'noticeSignature', 'Приглашение.pdf'));
    const decided = await clerk.sendFiles(`${base}/decision`, { outcome: 'EXECUTED', reason: 'Зачислен', seen: '4' }, papers('file', 'signature', 'Приказ.pdf'));
    expect([told.status, decided.status]).toEqual([303, 303]);
    const row = await app.sql.one<{ applicant_id: string }>('select applicant_id from applications.service_application where id = $1', [id]);
    const citizen = app.asCitizen(row!.applicant_id);
    const { html, text } = await citizen.open(`/applications/${id}`);
    for (const name of ['Приглашение.pdf', 'Приглашение.pdf.sig', 'Приказ.pdf', 'Приказ.pdf.sig']) expect(text).toContain(name);
    const signature = new RegExp(`href="(/applications/${id}/files/[^"]+)">Приказ\\.pdf\\.sig`).exec(html)?.[1];
    expect((await citizen.open(signature!)).html).toBe('подпись');
  });

  it.each([
    ['progress', 'noticeFile', 'noticeSignature', { comment: 'Готово' }],
    ['decision', 'file', 'signature', { outcome: 'EXECUTED', reason: 'Зачислен' }],
  ] as const)('refuses a signature that is no .sig: %s', async (order, file, signature, words) => {
    const { id, clerk, base } = await opened('ACCEPTED');
    const refused = await clerk.sendFiles(`${base}/${order}`, { ...words, seen: '3' }, [
      { field: file, name: 'Бумага.pdf', content: PDF },
      { field: signature, name: 'Подпись.pdf', content: PDF },
    ]);
    expect(refused.status).toBe(422);
    expect(refused.text).toContain('Подпись.pdf: Подпись — это файл .sig к приложенному файлу');
    expect(refused.html).toContain(`href="#${signature}"`);
    expect(refused.text).toContain('Уже загружен');
    const alone = await clerk.sendFiles(`${base}/${order}`, { ...words, seen: '3' }, [{ field: signature, name: 'Одна.sig', content: SIG }]);
    expect(alone.status).toBe(422);
    expect(await app.statusOf(id)).toBe('ACCEPTED');
  });

  it('keeps the file of a refused decision for the next try', async () => {
    const { id, clerk, base } = await opened('ACCEPTED');
    const refused = await clerk.sendFiles(`${base}/decision`, { outcome: 'EXECUTED', reason: '', seen: '3' }, decisionFiles);
    expect(refused.text).toContain('Уже загружен');
    const uploadedFile = /name="uploadedFile" value="([^"]+)"/.exec(refused.html)?.[1];
    const accepted = await clerk.sendFiles(`${base}/decision`, { outcome: 'EXECUTED', reason: 'Зачислен', uploadedFile: uploadedFile!, seen: '3' }, []);
    expect(accepted.status).toBe(303);
    expect(await app.statusOf(id)).toBe('EXECUTED');
  });

  it.each(['01.04.2027', '31.02.2027', 'завтра', ''])('refuses “%s” as the last day of an answer', async (respondBy) => {
    const { id, clerk, base } = await opened('ACCEPTED');
    const refused = await clerk.send(`${base}/request-info`, { question: 'Уточните адрес', respondBy, seen: '3' });
    expect(refused.status).toBe(422);
    expect(refused.html).toContain('Уточните адрес');
    expect(refused.html).toContain('href="#respondBy"');
    expect(await app.statusOf(id)).toBe('ACCEPTED');
  });

  it('lets one of two clerks act and shows the other what changed, with the words kept', async () => {
    const { id, clerk, base } = await opened('ACCEPTED');
    await clerk.sendFiles(`${base}/progress`, { comment: 'Первый ответил', seen: '3' }, []);
    const second = await clerk.send(`${base}/request-info`, { question: 'Мой вопрос', respondBy: '09.04.2027', seen: '3' });
    expect(second.status).toBe(409);
    expect(second.text).toMatch(/Пока вы работали, заявление изменилось .* Первый ответил/);
    expect(second.html).toContain('Мой вопрос');
    expect(await app.statusOf(id)).toBe('IN_PROGRESS');

    const again = await clerk.send(`${base}/request-info`, { question: 'Мой вопрос', respondBy: '09.04.2027', seen: '4' });
    expect(again.status).toBe(303);
  });

  it('confirms and declines a withdrawal', async () => {
    const [first, second] = [await opened('CANCELLING'), await opened('CANCELLING')];
    await first.clerk.send(`${first.base}/cancellation/confirm`, { seen: '4' });
    await second.clerk.send(`${second.base}/cancellation/decline`, { declineReason: 'Место уже занято', seen: '4' });
    expect([await app.statusOf(first.id), await app.statusOf(second.id)]).toEqual(['CANCELLED', 'ACCEPTED']);
    expect((await second.clerk.open(second.base)).text).toContain('Отмена не подтверждена: Принято ведомством');
  });

  it('gives files and records that they were read', async () => {
    const scan = app.documents.put(randomUUID(), 'Скан.pdf', Buffer.from('%PDF scan'));
    const { id } = await app.stored('SENT', { files: [{ field: 'scan', ...scan }] });
    const file = await app.asClerk().open(`/office/applications/${id}/files/${scan.fileId}`);
    expect([file.status, file.html]).toEqual([200, '%PDF scan']);
    expect(await actsOf(id)).toEqual(['FILE_READ']);
  });

  it('does not exist for another authority, whatever the verb, and leaves no record of the try', async () => {
    const { id, files } = await app.stored('CANCELLING');
    const clerk = app.asClerk('COMMITTEE_TRANSPORT');
    await clerk.open('/office/queue');
    const base = `/office/applications/${id}`;
    const answers = [
      await clerk.open(base),
      await clerk.open(`${base}/files/${files[0]!.fileId}`),
      await clerk.send(`${base}/accept`, { seen: '4' }),
      await clerk.sendFiles(`${base}/progress`, { comment: 'Ответ', seen: '4' }, []),
      await clerk.send(`${base}/request-info`, { question: 'Вопрос', respondBy: '09.04.2027', seen: '4' }),
      await clerk.sendFiles(`${base}/decision`, { outcome: 'EXECUTED', reason: 'Да', seen: '4' }, decisionFiles),
      await clerk.send(`${base}/cancellation/confirm`, { seen: '4' }),
      await clerk.send(`${base}/cancellation/decline`, { declineReason: 'Нет', seen: '4' }),
    ];
    expect(answers.map(({ status }) => status)).toEqual(answers.map(() => 404));
    expect(await app.statusOf(id)).toBe('CANCELLING');
    expect(await actsOf(id)).toEqual([]);
  });

  it('does not exist before the application was sent', async () => {
    const { id } = await app.stored('SUBMITTED');
    expect((await app.asClerk().open(`/office/applications/${id}`)).status).toBe(404);
  });
});
