import { randomUUID } from 'node:crypto';
import { PASSPORT } from '../../../../../test/support/documents-app.js';
import { DocumentsVisits, file, typed } from '../../../../../test/support/documents-visits.js';
import { pdf } from '../../../../../test/support/sample-files.js';

const visits = DocumentsVisits.beforeEachTest();

describe('one document', () => {
  it('shows its number on demand', async () => {
    const id = await visits.addPassport();
    expect((await visits.visitor.open(`/documents/${id}`)).text).toContain('Номер •••• 456');
    const { text } = await visits.visitor.send(`/documents/${id}`);
    expect(text).toContain('123456');
    expect(text).toContain('Код подразделения 780-099');
    expect(text).toContain('Дата выдачи 20 марта 2008 г.');
  });

  it('of somebody else is not there, whatever is asked of it', async () => {
    const id = await visits.addPassport();
    const { fileId } = await visits.store('scan.pdf');
    await visits.visitor.open('/documents');
    visits.signIn(randomUUID());
    for (const path of [`/documents/${id}`, `/documents/${id}/edit`, `/files/${fileId}`])
      expect((await visits.visitor.open(path)).status).toBe(404);
    for (const path of ['edit', 'remove', 'restore', `files/${fileId}/remove`])
      expect((await visits.visitor.send(`/documents/${id}/${path}`)).status).toBe(404);
    expect((await visits.visitor.sendFiles(`/documents/${id}/files`, {}, [file('a.pdf', pdf())])).status).toBe(404);
  });

  it('is corrected in its form', async () => {
    const id = await visits.addPassport();
    const { html } = await visits.visitor.open(`/documents/${id}/edit`);
    expect(html).toContain('value="20.03.2008"');
    const { location } = await visits.visitor.send(`/documents/${id}/edit`, {
      ...typed({ ...PASSPORT, number: '654321' }),
      version: '1',
    });
    expect(location).toBe(`/documents/${id}`);
    expect((await visits.visitor.send(`/documents/${id}`)).text).toContain('654321');
    const late = await visits.visitor.send(`/documents/${id}/edit`, { ...typed(PASSPORT), version: '1' });
    expect(late.status).toBe(409);
    expect(late.text).toContain('Пока вы работали, документ изменили в другом окне Сейчас сохранено: Серия 4008');
    expect(late.html).toContain('name="version" value="2"');
    const faulty = await visits.visitor.send(`/documents/${id}/edit`, {
      ...typed({ ...PASSPORT, number: '1' }),
      version: '2',
    });
    expect(faulty.status).toBe(422);
    expect(faulty.text).toContain('Номер: проверьте, сколько знаков введено. 6 цифр');
  });

  it('is removed and brought back', async () => {
    const id = await visits.addPassport();
    await visits.visitor.open(`/documents/${id}`);
    const { location } = await visits.visitor.send(`/documents/${id}/remove`);
    expect((await visits.visitor.open(location ?? '')).text).toContain('Документ удалён');
    expect((await visits.visitor.open(`/documents/${id}`)).status).toBe(404);
    const restored = await visits.visitor.send(`/documents/${id}/restore`);
    expect((await visits.visitor.open(restored.location ?? '')).text).toContain('Документ возвращён');
  });

  it('takes files, refuses some by name, and lets go of one', async () => {
    const id = await visits.addPassport();
    await visits.visitor.open(`/documents/${id}`);
    const upload = await visits.visitor.sendFiles(`/documents/${id}/files`, {}, [
      file('хорошо.pdf', pdf()),
      file('плохо.exe', Buffer.from('MZ')),
      file('пусто.pdf', Buffer.alloc(0)),
    ]);
    expect(upload.status).toBe(422);
    expect(upload.text).toContain('«плохо.exe»: Такой формат не принимается');
    expect(upload.text).toContain('«пусто.pdf»: Файл пустой');
    expect(upload.text).toContain('хорошо.pdf');
    const action = /action="(\/documents\/[^"]+\/files\/[^"]+\/remove)"/.exec(upload.html)?.[1] ?? '';
    const { location } = await visits.visitor.send(action);
    expect((await visits.visitor.open(location ?? '')).text).toContain('Файлов пока нет');
    expect((await visits.visitor.sendFiles(`/documents/${id}/files`, {}, [])).text).toContain('Выберите хотя бы один файл');
  });

  it('carries ten files and no eleventh', async () => {
    const id = await visits.addPassport();
    await visits.visitor.open(`/documents/${id}`);
    const ten = Array.from({ length: 10 }, (_, index) => file(`${index}.pdf`, pdf()));
    expect((await visits.visitor.sendFiles(`/documents/${id}/files`, {}, ten)).status).toBe(303);
    const { status, text } = await visits.visitor.sendFiles(`/documents/${id}/files`, {}, [file('11.pdf', pdf())]);
    expect(status).toBe(422);
    expect(text).toContain('не больше 10 файлов');
  });
});
