import { randomUUID } from 'node:crypto';
import { AT_ESIA, esiaDocument, PASSPORT } from '../../../../../test/support/documents-app.js';
import { DocumentsVisits, file, fileIdsIn } from '../../../../../test/support/documents-visits.js';
import { pdf, signature } from '../../../../../test/support/sample-files.js';
import { AddPersonalDocument } from '../../application/add-personal-document.js';
import { ChangePersonalDocument } from '../../application/change-personal-document.js';
import { MirrorEsiaDocuments } from '../../application/mirror-esia-documents.js';

const visits = DocumentsVisits.beforeEachTest();
beforeEach(() => AT_ESIA.splice(0));

const LICENCE = { number: '0096123456', issueDate: '2016-11-22', expiryDate: '2026-11-22' };

describe('one document', () => {
  it('shows its number on demand, at its own address, and notes it', async () => {
    const id = await visits.addPassport();
    const closed = await visits.visitor.open(`/documents/${id}`);
    expect(closed.text).toContain('Номер •••• 456');
    expect(closed.html).not.toContain('123456');
    expect(closed.text).not.toContain('Когда показывали номер');
    const { text } = await visits.visitor.send(`/documents/${id}`);
    expect(text).toContain('123456');
    expect(text).toContain('Код подразделения 780-099');
    expect(text).toContain('Дата выдачи 20 марта 2008 г.');
    expect(text).toContain('Когда показывали номер 22 ноября 2026 г., 12:00 (МСК)');
    const again = await visits.visitor.open(`/documents/${id}`);
    expect(again.html).not.toContain('123456');
    expect(again.text).toContain('Когда показывали номер');
  });

  it('is never kept by the browser', async () => {
    const id = await visits.addPassport();
    const { headers } = await visits.app.nest.inject({ url: `/documents/${id}`, headers: { accept: 'text/html' } });
    expect(headers['cache-control']).toContain('no-store');
  });

  it('of somebody else is not there, whatever is asked of it', async () => {
    const id = await visits.addPassport();
    const { fileId } = await visits.store('scan.pdf');
    await visits.visitor.open('/documents');
    visits.signIn(randomUUID());
    for (const path of [`/documents/${id}`, `/documents/${id}/edit`, `/files/${fileId}`])
      expect((await visits.visitor.open(path)).status).toBe(404);
    for (const path of ['', '/edit', '/remove', '/restore', `/files/${fileId}/remove`])
      expect((await visits.visitor.send(`/documents/${id}${path}`)).status).toBe(404);
    expect((await visits.visitor.sendFiles(`/documents/${id}/files`, {}, [file('a.pdf', pdf())])).status).toBe(404);
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

  it('tells what it said before, masked, and who changed it', async () => {
    const id = await visits.addPassport();
    await visits.app.execute(new ChangePersonalDocument(visits.owner, id, 1, { ...PASSPORT, number: '654321', birthPlace: 'Ленинград' }));
    await visits.app.execute(new ChangePersonalDocument(visits.owner, id, 2, { ...PASSPORT, number: '654321', issuedBy: 'МВД' }));
    const { text, html } = await visits.visitor.open(`/documents/${id}`);
    expect(text).toContain(
      'Изменён вами 22 ноября 2026 г., 12:00 (МСК) Было: Кем выдан — ГУ МВД России по г. Санкт-Петербургу; Место рождения — Ленинград ' +
        'Изменён вами 22 ноября 2026 г., 12:00 (МСК) Было: Номер — •••• 456; Место рождения — не указано Добавлен вами',
    );
    expect(html).not.toContain('123456');
  });
});

describe('a document that ends', () => {
  it.each([
    ['2026-11-12T09:00:00Z', 'Истекает через 10 дней Документ действует до 22 ноября 2026 г. включительно. Заменить можно в МФЦ'],
    ['2026-11-22T09:00:00Z', 'Сегодня последний день Документ действует до 22 ноября 2026 г. включительно.'],
    ['2026-11-22T21:00:00Z', 'Срок действия истёк Документ действовал до 22 ноября 2026 г. Приложить его к новому заявлению нельзя.'],
  ])('says so at %s and begins its renewal with one click', async (now, words) => {
    visits.app.clock.set('2026-11-01T09:00:00Z');
    const id = await visits.app.execute(new AddPersonalDocument(visits.owner, 'DRIVING_LICENCE', LICENCE));
    visits.app.clock.set(now);
    const { text, html } = await visits.visitor.open(`/documents/${id}`);
    expect(text).toContain(words);
    expect(html).toMatch(/action="\/services\/MFC_APPOINTMENT\/draft"[^]*name="answers\[service\]" value="DRIVING_LICENCE"/);
    visits.app.clock.set('2026-11-22T09:00:00Z');
  });

  it('says where it is replaced when no service does it', async () => {
    const id = await visits.app.execute(
      new AddPersonalDocument(visits.owner, 'SEAMAN_PASSPORT', { series: 'РФ', number: '0000123', issueDate: '2021-11-30', expiryDate: '2026-11-30', issuedBy: 'Капитан' }),
    );
    const { text, html } = await visits.visitor.open(`/documents/${id}`);
    expect(text).toContain('Заменить можно у капитана морского порта.');
    expect(html).not.toContain('/draft"');
  });
});

describe('a document of ESIA', () => {
  const mirror = async (says: Parameters<typeof esiaDocument>[1] = {}) => {
    AT_ESIA.push(esiaDocument('RF_PASSPORT', { ...PASSPORT, ...says }));
    await visits.app.execute(new MirrorEsiaDocuments(visits.owner));
    const { html } = await visits.visitor.open('/documents');
    return /href="\/documents\/([\w-]{36})"><?[^]*?С Госуслуг/.exec(html)?.[1] ?? '';
  };

  it('says where it comes from, whether it was checked, and is changed only there', async () => {
    const id = await mirror();
    const { text, html } = await visits.visitor.open(`/documents/${id}`);
    expect(text).toContain('С Госуслуг Проверен Реквизиты Серия •••• Номер •••• 456');
    expect(text).toContain('Сведения с Госуслуг, получены 22 ноября 2026 г., 11:00 (МСК).');
    expect(html).toContain(encodeURIComponent(`/profile/return?to=${encodeURIComponent(`/documents/${id}`)}`));
    expect(html).not.toContain('/edit"');
    expect(html).not.toContain('/remove"');
    const edit = await visits.visitor.open(`/documents/${id}/edit`);
    expect(edit.status).toBe(409);
    expect(edit.text).toContain('Его реквизиты меняются только там');
    expect((await visits.visitor.send(`/documents/${id}/edit`, { version: '1' })).status).toBe(409);
    expect((await visits.visitor.send(`/documents/${id}/remove`)).status).toBe(409);
  });

  it('is not said to be checked when ESIA has not checked it', async () => {
    const id = await mirror({ verified: false });
    expect((await visits.visitor.open(`/documents/${id}`)).text).toContain('С Госуслуг Не проверен');
  });

  it('stands beside the typed copy it differs from, on both pages, masked until asked for', async () => {
    const typed = await visits.app.execute(
      new AddPersonalDocument(visits.owner, 'RF_PASSPORT', { ...PASSPORT, number: '123457' }),
    );
    const id = await mirror();
    const list = await visits.visitor.open('/documents');
    expect(list.text).toContain('Заменён сведениями с Госуслуг Введён вами');
    for (const path of [typed, id]) {
      const closed = await visits.visitor.open(`/documents/${path}`);
      expect(closed.text).toContain('На Госуслугах указано иначе');
      expect(closed.text).toContain('Номер Введено вами •••• 457 На Госуслугах •••• 456');
      expect(closed.html).toContain(`href="/documents/${path === id ? typed : id}"`);
      expect((await visits.visitor.send(`/documents/${path}`)).text).toContain('Введено вами 123457 На Госуслугах 123456');
    }
  });
});

describe('a typed copy of a document of ESIA', () => {
  const copy = async (says: Readonly<Record<string, string>>) => {
    const id = await visits.app.execute(new AddPersonalDocument(visits.owner, 'RF_PASSPORT', says));
    AT_ESIA.push(esiaDocument('RF_PASSPORT', { ...PASSPORT, birthPlace: 'Ленинград' }));
    await visits.app.execute(new MirrorEsiaDocuments(visits.owner));
    return (await visits.visitor.open(`/documents/${id}`)).text;
  };

  it('that says less contradicts nothing', async () => {
    const text = await copy(PASSPORT);
    expect(text).toContain('На Госуслугах указано больше');
    expect(text).toContain('Место рождения Введено вами не указано На Госуслугах Ленинград');
    expect(text).toContain('по-прежнему можно приложить к заявлению');
  });

  it('that says the same is said to be the same', async () => {
    const text = await copy({ ...PASSPORT, birthPlace: 'Ленинград' });
    expect(text).toContain('Такой же документ пришёл с Госуслуг');
    expect(text).not.toContain('Введено вами не указано');
  });
});

describe('scans of a document', () => {
  it('lead to the drafts that take them, while the document is valid', async () => {
    const [scan, sig] = [await visits.store('scan.pdf'), await visits.store('scan.pdf.sig', signature())];
    const id = await visits.app.execute(
      new AddPersonalDocument(visits.owner, 'DRIVING_LICENCE', LICENCE, [scan.fileId, sig.fileId]),
    );
    const attach = (fileId: string) => `href="/applications/attach?file=${fileId}"`;
    const { html } = await visits.visitor.open(`/documents/${id}`);
    expect(html.replaceAll('&#x3D;', '=')).toContain(attach(scan.fileId));
    expect(html.replaceAll('&#x3D;', '=')).not.toContain(attach(sig.fileId));
    visits.app.clock.set('2026-11-22T21:00:00Z');
    expect((await visits.visitor.open(`/documents/${id}`)).html).not.toContain('/applications/attach');
    visits.app.clock.set('2026-11-22T09:00:00Z');
  });

  it('are taken, refused by name, and let go of', async () => {
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
    const nothing = await visits.visitor.sendFiles(`/documents/${id}/files`, {}, []);
    expect(nothing.status).toBe(422);
    expect(nothing.text).toContain('Выберите хотя бы один файл');
  });

  it('come by the script ahead of the form', async () => {
    const id = await visits.addPassport();
    const { fileId } = await visits.store('Разворот.pdf');
    await visits.visitor.open(`/documents/${id}`);
    expect((await visits.visitor.sendFiles(`/documents/${id}/files`, { fileIds: fileId }, [])).status).toBe(303);
    expect((await visits.visitor.open(`/documents/${id}`)).text).toContain('Разворот.pdf');
  });

  it('are ten and no eleventh; what is too many stays in the form', async () => {
    const id = await visits.addPassport();
    await visits.visitor.open(`/documents/${id}`);
    const nine = Array.from({ length: 9 }, (_, index) => file(`${index}.pdf`, pdf()));
    expect((await visits.visitor.sendFiles(`/documents/${id}/files`, {}, nine)).status).toBe(303);
    const two = [file('10.pdf', pdf()), file('11.pdf', pdf())];
    const refused = await visits.visitor.sendFiles(`/documents/${id}/files`, {}, two);
    expect(refused.status).toBe(422);
    expect(refused.text).toContain('не больше 10 файлов');
    const kept = fileIdsIn(refused);
    expect(kept).toHaveLength(2);
    expect((await visits.visitor.sendFiles(`/documents/${id}/files`, { fileIds: kept[0] ?? '' }, [])).status).toBe(303);
    expect((await visits.visitor.open(`/documents/${id}`)).text).toContain('Приложено 10 файлов, больше нельзя');
  });
});
