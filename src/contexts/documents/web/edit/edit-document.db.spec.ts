import { PASSPORT, PETER } from '../../../../../test/support/documents-app.js';
import { DocumentsVisits, typed } from '../../../../../test/support/documents-visits.js';
import { AddPersonalDocument } from '../../application/add-personal-document.js';

const visits = DocumentsVisits.beforeEachTest();

const NUMBERS_SHOWN = 'select purpose from documents.access_record where document_id = $1 order by id';

describe('the form of a stored document', () => {
  it('holds what is stored, and opening it is noted as showing the number', async () => {
    const id = await visits.addPassport();
    const { html } = await visits.visitor.open(`/documents/${id}/edit`);
    expect(html).toContain('value="20.03.2008"');
    expect(html).toContain('value="123456"');
    expect(await visits.app.sql.query(NUMBERS_SHOWN, [id])).toEqual([{ purpose: 'EDIT' }]);
  });

  it('corrects it', async () => {
    const id = await visits.addPassport();
    await visits.visitor.open(`/documents/${id}/edit`);
    const { location } = await visits.visitor.send(`/documents/${id}/edit`, {
      ...typed({ ...PASSPORT, number: '654321' }),
      version: '1',
    });
    expect(location).toBe(`/documents/${id}`);
    expect((await visits.visitor.send(`/documents/${id}`)).text).toContain('654321');
  });

  it('shows both versions when another window was faster', async () => {
    const id = await visits.addPassport();
    await visits.visitor.open(`/documents/${id}/edit`);
    const change = (number: string) =>
      visits.visitor.send(`/documents/${id}/edit`, { ...typed({ ...PASSPORT, number }), version: '1' });
    await change('654321');
    const late = await change('777777');
    expect(late.status).toBe(409);
    expect(late.text).toContain('Пока вы работали, документ изменили в другом окне Сейчас сохранено: Серия 4008');
    expect(late.html).toContain('value="777777"');
    expect(late.html).toContain('name="version" value="2"');
    expect(await visits.app.sql.query(NUMBERS_SHOWN, [id])).toEqual([{ purpose: 'EDIT' }, { purpose: 'EDIT' }]);
  });

  it('comes back with the fault at its field', async () => {
    const id = await visits.addPassport();
    await visits.visitor.open(`/documents/${id}/edit`);
    const fields = { ...typed({ ...PASSPORT, number: '1' }), version: '1' };
    const { status, text, html } = await visits.visitor.send(`/documents/${id}/edit`, fields);
    expect(status).toBe(422);
    expect(text).toContain('Номер: не то число знаков. Нужно: 6 цифр');
    expect(html).toContain('href="#requisites.number"');
  });

  it('says with a link which document has this number already', async () => {
    const first = { number: '0096123456', issueDate: '2021-05-20', expiryDate: '2031-05-20' };
    const rival = await visits.app.execute(new AddPersonalDocument(visits.owner, 'DRIVING_LICENCE', first));
    const id = await visits.app.execute(
      new AddPersonalDocument(visits.owner, 'DRIVING_LICENCE', { ...first, number: '0096123457' }),
    );
    await visits.visitor.open(`/documents/${id}/edit`);
    const { status, html } = await visits.visitor.send(`/documents/${id}/edit`, { ...typed(first), version: '1' });
    expect(status).toBe(409);
    expect(html).toContain(`href="/documents/${rival}"`);
  });

  it('gives the document to a child, and to none that is not there', async () => {
    const id = await visits.addPassport();
    await visits.visitor.open(`/documents/${id}/edit`);
    const fields = { ...typed({ ...PASSPORT, issueDate: '2026-03-20' }), version: '1' };
    const unknown = await visits.visitor.send(`/documents/${id}/edit`, { ...fields, childId: 'somebody' });
    expect(unknown.status).toBe(422);
    expect(unknown.html).toContain('href="#childId"');
    expect((await visits.visitor.send(`/documents/${id}/edit`, { ...fields, childId: PETER.id })).status).toBe(303);
    expect((await visits.visitor.open(`/documents/${id}`)).text).toContain('Введён вами Невский Пётр Иванович');
  });
});
