import { randomUUID } from 'node:crypto';
import { DocumentsVisits } from '../../../../../test/support/documents-visits.js';
import { pdf } from '../../../../../test/support/sample-files.js';
import { AddPersonalDocument } from '../../application/add-personal-document.js';
import { SaveElectronicDocument } from '../../public.js';

const visits = DocumentsVisits.beforeEachTest();

describe('the section of documents', () => {
  it('says what to do while it is empty', async () => {
    const { status, text } = await visits.visitor.open('/documents');
    expect(status).toBe(200);
    expect(text).toContain('Личных документов пока нет');
    expect(text).toContain('нажмите «Сохранить»');
  });

  it('shows personal documents masked and electronic ones with their file', async () => {
    const id = await visits.addPassport();
    const { fileId } = await visits.store('Решение.pdf', pdf(), randomUUID());
    const decision = {
      sourceId: 'd1',
      applicationId: randomUUID(),
      title: 'Решение о зачислении',
      issuer: 'Комитет по образованию',
      number: '78-1',
      issuedAt: '2026-11-20T10:00:00Z',
      fileId,
    };
    await visits.app.execute(new SaveElectronicDocument(visits.owner, decision));
    const { text, html } = await visits.visitor.open('/documents');
    expect(text).toContain('1 документ');
    expect(text).toContain('Паспорт гражданина РФ •••• 456 · действует до 3 июня 2033 г.');
    expect(html).not.toContain('123456');
    expect(text).toContain('Решение о зачислении Комитет по образованию · 20 ноября 2026 г. · заявление № 78-1');
    expect(html).toContain(`href="/documents/${id}"`);
    expect(html).toContain(`href="/files/${fileId}"`);
  });

  it('passes over parameters that were typed twice', async () => {
    const twice = (name: string) => `${name}=${randomUUID()}&${name}=${randomUUID()}`;
    expect((await visits.visitor.open(`/documents?${twice('after')}&${twice('removed')}`)).status).toBe(200);
    expect((await visits.visitor.open(`/documents/add?${twice('q')}`)).status).toBe(200);
  });

  it('marks a document that has expired', async () => {
    const requisites = {
      series: '99',
      number: '0000012',
      issueDate: '2022-03-01',
      expiryDate: '2026-11-22',
      issuedBy: 'МВД',
    };
    const id = await visits.app.execute(new AddPersonalDocument(visits.owner, 'RF_FOREIGN_PASSPORT', requisites));
    visits.app.clock.set('2026-11-22T21:00:00Z');
    expect((await visits.visitor.open('/documents')).text).toContain('Срок действия истёк');
    expect((await visits.visitor.open(`/documents/${id}`)).text).toContain('Приложить его к новому заявлению нельзя');
    visits.app.clock.set('2026-11-22T09:00:00Z');
  });
});
