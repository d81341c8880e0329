import { randomUUID } from 'node:crypto';
import { type ApplicationsApp, applicationsApp } from '../../../../../test/support/applications-app.js';
import { CLERK, decisionFile } from '../../../../../test/support/service-applications.js';
import { type ApplicationStatus } from '../../domain/application-status.js';
import { ServiceApplicationRepository } from '../../domain/service-application.repository.js';

const PDF = new Uint8Array(Buffer.from('%PDF-1.7 справка'));

describe('The pages of a citizen about their applications', () => {
  let app: ApplicationsApp;
  let maria: string;

  beforeAll(async () => {
    app = await applicationsApp();
  });
  afterAll(() => app?.close());
  beforeEach(() => {
    maria = randomUUID();
  });

  const stored = (status: ApplicationStatus, changes: Parameters<ApplicationsApp['stored']>[1] = {}) =>
    app.stored(status, { applicantId: maria, ...changes });

  it('say what to do when there is nothing yet', async () => {
    const { status, text } = await app.asCitizen(maria).open('/applications');
    expect(status).toBe(200);
    expect(text).toContain('Вы ещё не подавали заявлений');
    expect(text).toContain('История заявлений');
    expect(text).toContain('Черновики');
  });

  it('list number, service, dates and status, newest first, and nobody else’s', async () => {
    const older = await stored('EXECUTED');
    const newer = await stored('AWAITING_INFO', { submittedAt: new Date('2027-04-02T10:00:00+03:00') });
    const stranger = await app.stored('SENT', { applicantId: randomUUID() });
    const { text } = await app.asCitizen(maria).open('/applications');

    expect(text.indexOf(newer.registrationNumber)).toBeLessThan(text.indexOf(older.registrationNumber));
    expect(text).toContain('2 заявления');
    expect(text).toMatch(/Подано 1 апреля 2027 г\. · Ответ 1 апреля 2027 г\. Исполнено/);
    expect(text).toMatch(/Ответа пока нет Ожидание дополнительной информации от пользователя Ответьте до 5 апреля 2027 г\./);
    expect(text).not.toContain(stranger.registrationNumber);
  });

  it('turn over page by page without losing or repeating one', async () => {
    const sameMoment = new Date('2027-04-03T10:00:00+03:00');
    const all: string[] = [];
    for (let index = 0; index < 25; index += 1) all.push((await stored('SENT', { submittedAt: sameMoment })).registrationNumber);
    const citizen = app.asCitizen(maria);
    const numbersOf = (text: string) => text.match(/78-2027-\d{8}/g) ?? [];
    const first = await citizen.open('/applications');
    const next = /href="(\/applications\?after[^"]+)"/.exec(first.html)?.[1];
    const second = await citizen.open(next!.replaceAll('&#x3D;', '='));

    expect(numbersOf(first.text)).toHaveLength(20);
    expect([...numbersOf(first.text), ...numbersOf(second.text)].sort()).toEqual(all.sort());
    expect(second.html).not.toContain('after');
    expect((await citizen.open('/applications?after=nonsense')).status).toBe(200);
  });

  it('show where an application stands, its history and what was sent', async () => {
    const { id } = await stored('REFUSED');
    const { status, text } = await app.asCitizen(maria).open(`/applications/${id}`);
    expect(status).toBe(200);
    for (const words of ['Отказано', 'Нет мест', '273-ФЗ, ст. 67', 'Решение.pdf', 'Невский Пётр', 'Свидетельство.pdf', 'Комитет по образованию'])
      expect(text).toContain(words);
    expect(text).toMatch(/Отказано 1 апреля 2027 г\., 00:02 \(МСК\) · Комитет по образованию .* Отправлено в ведомство .* · Портал Принято от заявителя .* · Вы/);
    expect(text).toMatch(/Решение ведомства Нет мест Основание отказа: 273-ФЗ, ст\. 67 .*Решение\.pdf/);
    expect(text).not.toContain(CLERK.name);
    expect(text).not.toContain('Отозвать заявление');
  });

  it('do not exist for somebody else, whatever the verb', async () => {
    const { id, files } = await stored('AWAITING_INFO');
    const stranger = app.asCitizen(randomUUID());
    await stranger.open('/applications');
    const answers = [
      await stranger.open(`/applications/${id}`),
      await stranger.open(`/applications/${id}/withdraw`),
      await stranger.open(`/applications/${id}/files/${files[0]!.fileId}`),
      await stranger.send(`/applications/${id}/withdraw`, { seen: '3' }),
      await stranger.send(`/applications/${id}/files/${files[0]!.fileId}/keep`),
      await stranger.sendFiles(`/applications/${id}/answer`, { answer: 'Ответ', seen: '3' }, []),
      await stranger.open('/applications/not-an-id'),
      await stranger.open(`/applications/${randomUUID()}`),
    ];
    expect(answers.map(({ status }) => status)).toEqual(answers.map(() => 404));
    expect(await app.statusOf(id)).toBe('AWAITING_INFO');
  });

  it('give the files of the application and of the decision, and no other', async () => {
    const sent = app.documents.put(maria, 'Скан.pdf', Buffer.from('%PDF sent'));
    const unrelated = app.documents.put(maria, 'Другое.pdf');
    const { id } = await stored('SENT', { files: [{ field: 'scan', ...sent }] });
    const citizen = app.asCitizen(maria);
    const file = await citizen.open(`/applications/${id}/files/${sent.fileId}`);
    expect([file.status, file.html]).toEqual([200, '%PDF sent']);
    expect((await citizen.open(`/applications/${id}/files/${unrelated.fileId}`)).status).toBe(404);
  });

  it('take an answer with a fresh file and one of the cabinet', async () => {
    const cabinet = app.documents.put(maria, 'Из кабинета.pdf');
    const { id } = await stored('AWAITING_INFO');
    const citizen = app.asCitizen(maria);
    const asked = await citizen.open(`/applications/${id}`);
    expect(asked.text).toContain('Приложите справку');
    expect(asked.text).toContain('Ответьте до 5 апреля 2027 г.');

    const answered = await citizen.sendFiles(
      `/applications/${id}/answer`,
      { answer: 'Справка приложена', cabinetFiles: cabinet.fileId, seen: '3' },
      [{ field: 'files', name: 'Новая справка.pdf', content: PDF }],
    );
    expect([answered.status, answered.location]).toEqual([303, `/applications/${id}`]);
    const { text } = await citizen.open(`/applications/${id}`);
    for (const words of ['Ответ отправлен', 'Справка приложена', 'Новая справка.pdf', 'Из кабинета.pdf']) expect(text).toContain(words);
    expect(await app.statusOf(id)).toBe('IN_PROGRESS');
  });

  it('keep what was typed and uploaded when the answer is refused', async () => {
    const { id } = await stored('AWAITING_INFO');
    const citizen = app.asCitizen(maria);
    await citizen.open(`/applications/${id}`);
    const refused = await citizen.sendFiles(`/applications/${id}/answer`, { answer: ' ', seen: '3' }, [
      { field: 'files', name: 'Хорошая.pdf', content: PDF },
    ]);
    expect(refused.status).toBe(422);
    expect(refused.text).toContain('Введите ответ, не больше 4000 знаков');
    expect(refused.text).toContain('Хорошая.pdf');
    const uploaded = /name="uploaded" value="([^"]+)"/.exec(refused.html)?.[1];

    await citizen.sendFiles(`/applications/${id}/answer`, { answer: 'Вот она', uploaded: uploaded!, seen: '3' }, []);
    expect((await citizen.open(`/applications/${id}`)).text).toContain('Хорошая.pdf');
    expect(app.documents.namesOf(maria)).toEqual(['Хорошая.pdf']);
  });

  it('offer the cabinet by documents, and take what a script has uploaded before', async () => {
    const [scan, fresh] = [app.documents.put(maria, 'Скан.pdf'), app.documents.put(maria, 'Сразу.pdf')];
    const { id } = await stored('AWAITING_INFO');
    const citizen = app.asCitizen(maria);
    const { html, text } = await citizen.open(`/applications/${id}`);
    expect(text).toContain('Приложить файлы из личного кабинета Справка, •••• 456 Скан.pdf');
    expect(html).toContain('data-ids="uploaded" data-max-bytes="3145728" data-max-files="10"');
    const refused = await citizen.sendFiles(`/applications/${id}/answer`, { answer: '', uploaded: fresh.fileId, cabinetFiles: scan.fileId, seen: '3' }, []);
    expect(refused.html).toContain(`name="uploaded" value="${fresh.fileId}"`);
    expect(refused.html).toContain(`value="${scan.fileId}" checked`);
    expect(refused.html).not.toContain(`name="cabinetFiles" value="${fresh.fileId}"`);
  });

  it('wait for the virus scanner with the words and the files kept', async () => {
    const fresh = app.documents.put(maria, 'Сразу.pdf');
    const { id } = await stored('AWAITING_INFO');
    const citizen = app.asCitizen(maria);
    await citizen.open(`/applications/${id}`);
    app.documents.unchecked = true;
    const waiting = await citizen.sendFiles(`/applications/${id}/answer`, { answer: 'Мой ответ', uploaded: fresh.fileId, seen: '3' }, []);
    app.documents.unchecked = false;
    expect(waiting.status).toBe(422);
    expect(waiting.text).toContain('Антивирус пока не ответил');
    expect(waiting.text).toContain('Мой ответ');
    expect(waiting.html).toContain(`name="uploaded" value="${fresh.fileId}"`);
    expect(await app.statusOf(id)).toBe('AWAITING_INFO');
  });

  it('name the file that is too large and keep the words', async () => {
    const { id } = await stored('AWAITING_INFO');
    const citizen = app.asCitizen(maria);
    await citizen.open(`/applications/${id}`);
    const refused = await citizen.sendFiles(`/applications/${id}/answer`, { answer: 'Мой ответ', seen: '3' }, [
      { field: 'files', name: 'Большая.pdf', content: new Uint8Array(3 * 1024 * 1024 + 1) },
      { field: 'files', name: 'Огромная.pdf', content: new Uint8Array(4 * 1024 * 1024) },
    ]);
    expect(refused.status).toBe(422);
    expect(refused.text).toMatch(/Большая\.pdf: .*Огромная\.pdf: /);
    expect(refused.text).toContain('Мой ответ');
    expect(await app.statusOf(id)).toBe('AWAITING_INFO');
  });

  it('say what happened when the authority decided while the answer was written', async () => {
    const { id } = await stored('EXECUTED');
    const citizen = app.asCitizen(maria);
    await citizen.open('/applications');
    const late = await citizen.sendFiles(`/applications/${id}/answer`, { answer: 'Ответ', seen: '2' }, [
      { field: 'files', name: 'Лишняя.pdf', content: PDF },
    ]);
    expect(late.status).toBe(409);
    expect(late.text).toMatch(/Пока вы работали, заявление изменилось .* Исполнено .* Зачислен/);
    expect(app.documents.namesOf(maria)).toEqual([]);
  });

  it('withdraw after a question, at once or by leave of the authority', async () => {
    const [unsent, sent] = [await stored('SUBMITTED'), await stored('ACCEPTED')];
    const citizen = app.asCitizen(maria);
    expect((await citizen.open(`/applications/${unsent.id}/withdraw`)).text).toContain('будет отменено сразу');
    await citizen.send(`/applications/${unsent.id}/withdraw`, { seen: '1' });
    expect((await citizen.open(`/applications/${sent.id}/withdraw`)).text).toContain('подтвердит отмену');
    await citizen.send(`/applications/${sent.id}/withdraw`, { seen: '3' });
    expect([await app.statusOf(unsent.id), await app.statusOf(sent.id)]).toEqual(['CANCELLED', 'CANCELLING']);
  });

  it('do not withdraw what changed since the question was shown', async () => {
    const { id } = await stored('ACCEPTED');
    const citizen = app.asCitizen(maria);
    await citizen.open(`/applications/${id}/withdraw`);
    const stale = await citizen.send(`/applications/${id}/withdraw`, { seen: '2' });
    expect(stale.status).toBe(409);
    expect(stale.text).toContain('Пока вы работали, заявление изменилось');
    expect(await app.statusOf(id)).toBe('ACCEPTED');
  });

  it('save the decision once and say so', async () => {
    const { id, registrationNumber } = await stored('EXECUTED');
    const { fileId } = decisionFile();
    const citizen = app.asCitizen(maria);
    const keep = `/applications/${id}/files/${fileId}/keep`;
    expect((await citizen.open(`/applications/${id}`)).html).toContain(`action="${keep}"`);
    expect((await citizen.send(keep)).status).toBe(303);
    const kept = await citizen.open(`/applications/${id}`);
    expect(kept.text).toContain('Документ сохранён');
    expect(kept.text).toContain('Сохранено 1 апреля 2027 г. · Открыть в электронных документах');
    expect(kept.html).toContain('href="/documents/electronic/');
    expect(kept.html).not.toContain(keep);
    expect(app.documents.kept.filter(({ accountId }) => accountId === maria)).toMatchObject([
      {
        document: {
          sourceId: `${id}:${fileId}`,
          kind: 'DECISION',
          number: registrationNumber,
          issuer: 'Комитет по образованию',
          title: 'Запись в первый класс',
          fileId,
          signatureFileId: null,
        },
      },
    ]);
  });

  it('save a notice with its signature, and nothing but papers of the authority', async () => {
    const [notice, signature] = [decisionFile('Приглашение.pdf'), { ...decisionFile('Приглашение.pdf.sig'), fileId: randomUUID(), extension: 'sig' }];
    const application = await stored('ACCEPTED');
    await app.inUnitOfWork(async () => {
      const repository = app.get(ServiceApplicationRepository);
      const own = await repository.ofApplicant(application.id, maria);
      own.report(CLERK, 'Приглашаем', { file: notice, signature }, app.clock.now());
      await repository.save(own);
    });
    const citizen = app.asCitizen(maria);
    await citizen.open(`/applications/${application.id}`);
    const keep = (fileId: string) => citizen.send(`/applications/${application.id}/files/${fileId}/keep`);
    expect((await keep(notice.fileId)).status).toBe(303);
    expect(app.documents.kept.filter(({ accountId }) => accountId === maria)).toMatchObject([
      { document: { kind: 'NOTICE', fileId: notice.fileId, signatureFileId: signature.fileId } },
    ]);
    for (const fileId of [signature.fileId, application.files[0]!.fileId, randomUUID()]) expect((await keep(fileId)).status).toBe(404);
  });
});
