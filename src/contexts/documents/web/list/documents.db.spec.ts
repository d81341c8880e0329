import { randomUUID } from 'node:crypto';
import { ANNA, PETER } from '../../../../../test/support/documents-app.js';
import { DocumentsVisits } from '../../../../../test/support/documents-visits.js';
import { AddPersonalDocument } from '../../application/add-personal-document.js';

const visits = DocumentsVisits.beforeEachTest();

const FOREIGN_PASSPORT = {
  series: '99',
  number: '0000012',
  issueDate: '2022-03-01',
  expiryDate: '2026-11-22',
  issuedBy: 'МВД',
};
const BIRTH_CERTIFICATE = { series: 'IV-АК', number: '000123', issueDate: '2019-04-11', issuedBy: 'Отдел ЗАГС' };

describe('the section of documents', () => {
  it('says what to do while it is empty, and offers the usual documents by their forms', async () => {
    const { status, text, html } = await visits.visitor.open('/documents');
    expect(status).toBe(200);
    expect(text).toContain('Личных документов пока нет');
    for (const code of ['RF_PASSPORT', 'RF_FOREIGN_PASSPORT', 'SNILS', 'INN', 'OMS_POLICY', 'DRIVING_LICENCE'])
      expect(html).toContain(`href="/documents/add/${code}"`);
    expect(html).toContain(`href="/documents/add/RF_BIRTH_CERTIFICATE?child&#x3D;${PETER.id}"`);
    expect(text).toContain('Добавить: Свидетельство о рождении Невский Пётр Иванович');
    expect(html).not.toContain('MILITARY_ID'); // women have one rarely; it is in the full list
    expect(html).toContain('href="/documents/electronic"');
  });

  it('shows documents by groups with masked numbers, and no blank in their place', async () => {
    const id = await visits.addPassport();
    const { text, html } = await visits.visitor.open('/documents');
    expect(text).toContain('1 документ по группам');
    expect(text).toContain('Удостоверяют личность Паспорт гражданина РФ •••• 456 действует до 3 июня 2033 г. Введён вами');
    expect(html).not.toContain('123456');
    expect(html).toContain(`href="/documents/${id}"`);
    expect(html).not.toContain('/documents/add/RF_PASSPORT"');
  });

  it('shows the own documents of a group before those of the children', async () => {
    const addPolicy = (enp: string, childId: string | null) =>
      visits.app.execute(new AddPersonalDocument(visits.owner, 'OMS_POLICY', { enp }, [], childId));
    await addPolicy('7800000000000015', null);
    await addPolicy('7800000000123452', PETER.id);
    await visits.app.execute(new AddPersonalDocument(visits.owner, 'SNILS', { snils: '11223344595' }));
    const { text } = await visits.visitor.open('/documents');
    expect(text).toContain('3 документа по группам: в каждой сначала ваши, потом детей');
    expect(text).toMatch(/Полис ОМС •••• 015.*СНИЛС •••• 595.*Полис ОМС •••• 452 Невский Пётр Иванович/);
  });

  it('says whose a document of a child is and fills only the blank of that child', async () => {
    await visits.app.execute(
      new AddPersonalDocument(visits.owner, 'RF_BIRTH_CERTIFICATE', BIRTH_CERTIFICATE, [], PETER.id),
    );
    const { text, html } = await visits.visitor.open('/documents');
    expect(text).toContain('Свидетельство о рождении •••• 123 Невский Пётр Иванович');
    expect(html).not.toContain(`RF_BIRTH_CERTIFICATE?child&#x3D;${PETER.id}`);
    expect(html).toContain(`RF_BIRTH_CERTIFICATE?child&#x3D;${ANNA.id}`);
  });

  it.each([
    ['2026-11-13T09:00:00Z', 'Истекает через 9 дней'],
    ['2026-11-21T21:00:00Z', 'Сегодня последний день'],
    ['2026-11-22T21:00:00Z', 'Срок действия истёк'],
  ])('at %s puts an ending document first: %s', async (now, words) => {
    visits.app.clock.set('2026-11-01T09:00:00Z');
    await visits.app.execute(new AddPersonalDocument(visits.owner, 'RF_FOREIGN_PASSPORT', FOREIGN_PASSPORT));
    await visits.addPassport();
    visits.app.clock.set(now);
    const { text, html } = await visits.visitor.open('/documents');
    expect(text).toContain(`Требуют внимания Заграничный паспорт гражданина РФ •••• 012`);
    expect(text).toContain(words);
    expect(text.indexOf('Требуют внимания')).toBeLessThan(text.indexOf('Удостоверяют личность'));
    expect(text).toContain('2 документа: сначала те, у которых кончается срок, остальные по группам');
    expect(html).toMatch(/action="\/services\/MFC_APPOINTMENT\/draft"[^]*name="answers\[service\]" value="RF_FOREIGN_PASSPORT"/);
    visits.app.clock.set('2026-11-22T09:00:00Z');
  });

  it('leaves a document with a long life in its group', async () => {
    await visits.app.execute(
      new AddPersonalDocument(visits.owner, 'RF_FOREIGN_PASSPORT', { ...FOREIGN_PASSPORT, expiryDate: '2027-02-21' }),
    );
    const { text, html } = await visits.visitor.open('/documents');
    expect(text).not.toContain('Требуют внимания');
    expect(text).toContain('действует до 21 февраля 2027 г.');
    expect(html).not.toContain('MFC_APPOINTMENT');
  });

  it('passes over parameters that were typed twice', async () => {
    const twice = (name: string) => `${name}=${randomUUID()}&${name}=${randomUUID()}`;
    expect((await visits.visitor.open(`/documents?${twice('removed')}`)).status).toBe(200);
    expect((await visits.visitor.open(`/documents/add?${twice('q')}`)).status).toBe(200);
  });
});
