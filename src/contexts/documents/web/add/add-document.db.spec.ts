import { randomUUID } from 'node:crypto';
import { AT_ESIA, esiaDocument, PASSPORT, PETER } from '../../../../../test/support/documents-app.js';
import { DocumentsVisits, file, fileIdsIn, typed } from '../../../../../test/support/documents-visits.js';
import { jpeg, pdf } from '../../../../../test/support/sample-files.js';
import { MirrorEsiaDocuments } from '../../application/mirror-esia-documents.js';
import { DOCUMENT_KINDS } from '../../domain/document-kinds.js';

const visits = DocumentsVisits.beforeEachTest();

describe('choosing a kind', () => {
  it('offers all of them by groups', async () => {
    const { text, html } = await visits.visitor.open('/documents/add');
    for (const { code, label } of DOCUMENT_KINDS) {
      expect(text).toContain(label);
      expect(html).toContain(`href="/documents/add/${code}"`);
    }
  });

  it('shows what is found and keeps the rest for the script', async () => {
    const { text, html } = await visits.visitor.open('/documents/add?q=' + encodeURIComponent('БРАКА свид'));
    expect(text).toContain('1 документ в списке');
    expect(html).toMatch(/data-words="свидетельство о регистрации брака[^>]*>\s*<div/);
    expect(html).toMatch(/data-words="снилс[^>]* hidden>/);
    const nothing = await visits.visitor.open('/documents/add?q=zzz');
    expect(nothing.text).toContain('Ничего не нашлось');
    expect(nothing.html).toContain('<div data-kinds-none>');
  });

  it.each(DOCUMENT_KINDS.map(({ code, label }) => [code, label]))('opens the form of %s', async (code, label) => {
    const { status, text, html } = await visits.visitor.open(`/documents/add/${code}`);
    expect(status).toBe(200);
    expect(text).toContain(label);
    for (const requisite of DOCUMENT_KINDS.find((kind) => kind.code === code)?.requisites ?? []) {
      expect(html).toContain(`name="requisites[${requisite.code}]"`);
    }
  });

  it('says of what ESIA supplies that it comes by itself', async () => {
    const words = 'Этот документ обычно приходит с Госуслуг сам';
    expect((await visits.visitor.open('/documents/add/SNILS')).text).toContain(words);
    expect((await visits.visitor.open('/documents/add/SEAMAN_PASSPORT')).text).not.toContain(words);
  });

  it('knows no other', async () => expect((await visits.visitor.open('/documents/add/NONE')).status).toBe(404));
});

describe('adding a document', () => {
  it('takes requisites and scans in one form', async () => {
    await visits.visitor.open('/documents/add/RF_PASSPORT');
    const requisites = typed({ ...PASSPORT, series: '40 08', issueDate: '20.03.2008' });
    const { status, location } = await visits.visitor.sendFiles('/documents/add/RF_PASSPORT', requisites, [
      file('Разворот.pdf', pdf()),
      file('Прописка.JPG', jpeg()),
    ]);
    expect(status).toBe(303);
    const { text } = await visits.visitor.open(location ?? '');
    expect(text).toContain('Документ добавлен');
    expect(text).toContain('Разворот.pdf');
    expect(text).toContain('Прописка.JPG');
    expect(text).toContain('Антивирусом не проверен');
    expect(text).toContain('Документ действует до 3 июня 2033 г. включительно');
    expect(text).toContain('Серия •••• Номер •••• 456');
    expect(text).not.toContain('123456');
  });

  it('takes several choices', async () => {
    await visits.visitor.open('/documents/add/DRIVING_LICENCE');
    const form = new FormData();
    for (const [name, value] of [
      ['requisites[number]', '00 96 123456'],
      ['requisites[issueDate]', '20.05.2021'],
      ['requisites[expiryDate]', '20.05.2031'],
      ['requisites[categories]', 'M'],
      ['requisites[categories]', 'B'],
    ] as const) {
      form.append(name, value);
    }
    const { location } = await visits.visitor.sendForm('/documents/add/DRIVING_LICENCE', form);
    expect((await visits.visitor.open(location ?? '')).text).toContain('Категории B, M');
  });

  it('names each fault at its field and keeps what was typed and uploaded', async () => {
    await visits.visitor.open('/documents/add/RF_PASSPORT');
    const refused = await visits.visitor.sendFiles(
      '/documents/add/RF_PASSPORT',
      typed({ ...PASSPORT, series: '408', issueDate: '31.02.2008', issuedBy: '' }),
      [file('scan.pdf', pdf())],
    );
    expect(refused.status).toBe(422);
    expect(refused.html).toContain('href="#requisites.series"');
    expect(refused.html).toContain('id="requisites.series"');
    expect(refused.text).toContain('Серия: не то число знаков. Нужно: 4 цифры');
    expect(refused.text).toContain('Дата выдачи: такого дня нет в календаре');
    expect(refused.text).toContain('Введите орган, который выдал документ');
    expect(refused.html).toContain('value="408"');
    const fileIds = fileIdsIn(refused);
    expect(fileIds).toHaveLength(1);

    const { location } = await visits.visitor.sendFiles(
      '/documents/add/RF_PASSPORT',
      { ...typed(PASSPORT), fileIds: fileIds[0] ?? '' },
      [],
    );
    expect((await visits.visitor.open(location ?? '')).text).toContain('scan.pdf');
  });

  it.each([
    ['of somebody else', () => visits.store('чужой.pdf', pdf(), randomUUID())],
    ['that was swept away while the form stood open', () => Promise.resolve({ fileId: randomUUID() })],
  ])('takes no file %s, and says that it is missing', async (_whose, stored) => {
    const { fileId } = await stored();
    await visits.visitor.open('/documents/add/RF_PASSPORT');
    const { status, text } = await visits.visitor.sendFiles(
      '/documents/add/RF_PASSPORT',
      { ...typed(PASSPORT), fileIds: fileId },
      [],
    );
    expect(status).toBe(422);
    expect(text).toContain('Не все загруженные раньше файлы сохранились');
    expect(text).not.toContain('чужой.pdf');
  });

  it('names every fault at once, of the requisites and of the files', async () => {
    await visits.visitor.open('/documents/add/SNILS');
    const { status, html } = await visits.visitor.sendFiles('/documents/add/SNILS', typed({ snils: '112' }), [
      file('Скан.pdf', Buffer.from('x')),
    ]);
    expect(status).toBe(415);
    expect(html).toContain('href="#requisites.snils"');
    expect(html).toContain('href="#files"');
  });

  it('refuses an expired document at its date', async () => {
    await visits.visitor.open('/documents/add/RF_FOREIGN_PASSPORT');
    const requisites = typed({
      series: '99',
      number: '0000012',
      issueDate: '01.03.2016',
      expiryDate: '21.11.2026',
      issuedBy: 'МВД',
    });
    const { status, text, html } = await visits.visitor.sendFiles('/documents/add/RF_FOREIGN_PASSPORT', requisites, []);
    expect(status).toBe(422);
    expect(text).toContain('Срок действия истёк 21 ноября 2026 г. Документ с истёкшим сроком добавить нельзя');
    expect(html).toContain('href="#requisites.expiryDate"');
  });

  it('answers a second one of the same number with a link to the first', async () => {
    const id = await visits.addPassport();
    await visits.visitor.open('/documents/add/RF_PASSPORT');
    const { status, text, html } = await visits.visitor.sendFiles('/documents/add/RF_PASSPORT', typed(PASSPORT), []);
    expect(status).toBe(409);
    expect(text).toContain('Такой документ уже есть');
    expect(html).toContain(`href="/documents/${id}"`);
  });

  it('answers one that ESIA supplies with a link to it', async () => {
    AT_ESIA.splice(0, AT_ESIA.length, esiaDocument('RF_PASSPORT', PASSPORT));
    await visits.app.execute(new MirrorEsiaDocuments(visits.owner));
    await visits.visitor.open('/documents/add/RF_PASSPORT');
    const another = typed({ ...PASSPORT, number: '777777' });
    const { status, text, html } = await visits.visitor.sendFiles('/documents/add/RF_PASSPORT', another, []);
    expect(status).toBe(409);
    expect(text).toContain('Этот документ уже пришёл с Госуслуг');
    expect(text).not.toContain('обычно приходит');
    expect(html).toMatch(/href="\/documents\/[\w-]{36}"/);
  });

  it('is for a child, whom a blank has chosen ahead', async () => {
    const address = '/documents/add/RF_BIRTH_CERTIFICATE';
    const { html } = await visits.visitor.open(`${address}?child=${PETER.id}`);
    expect(html).toContain(`<option value="${PETER.id}" selected>Невский Пётр Иванович</option>`);
    const certificate = typed({ series: 'iv ак', number: '000123', issueDate: '11.04.2019', issuedBy: 'Отдел ЗАГС' });
    const refused = await visits.visitor.sendFiles(address, { ...certificate, childId: 'somebody' }, []);
    expect(refused.status).toBe(422);
    expect(refused.html).toContain('href="#childId"');
    const faulty = await visits.visitor.sendFiles(address, { childId: PETER.id }, []);
    expect(faulty.html).toContain(`<option value="${PETER.id}" selected>`);
    const { location } = await visits.visitor.sendFiles(address, { ...certificate, childId: PETER.id }, []);
    expect((await visits.visitor.open(location ?? '')).text).toContain('Невский Пётр Иванович');
  });

  it('comes back with the status of what was wrong with its only file', async () => {
    await visits.visitor.open('/documents/add/SNILS');
    const large = file('скан.jpg', Buffer.concat([jpeg(), Buffer.alloc(3_145_728)]));
    const { status, text } = await visits.visitor.sendFiles('/documents/add/SNILS', typed({ snils: '11223344595' }), [
      large,
    ]);
    expect(status).toBe(413);
    expect(text).toContain('Файл больше 3 МБ');
  });
});
