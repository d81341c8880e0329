import { randomUUID } from 'node:crypto';
import { DocumentsVisits } from '../../../../../test/support/documents-visits.js';
import { pdf, signature } from '../../../../../test/support/sample-files.js';
import { SweepFiles } from '../../application/sweep-files.js';
import { FileContentQuery, ReleaseFiles, HoldFiles, SaveElectronicDocument, StoredFilesQuery } from '../../public.js';

type Saved = SaveElectronicDocument['document'];

const visits = DocumentsVisits.beforeEachTest();
afterEach(() => visits.app.clock.set('2026-11-22T09:00:00Z'));

const PAGE = '/documents/electronic';
const idIn = (html: string): string => /href="\/documents\/electronic\/([\w-]{36})"/.exec(html)?.[1] ?? '';
const linkTo = (html: string, words: string): string =>
  new RegExp(`href="([^"]+)">${words}`).exec(html)?.[1]?.replaceAll('&amp;', '&').replaceAll('&#x3D;', '=') ?? '';

/** What an authority sent, saved by the citizen. */
async function saved(changes: Partial<Saved> = {}, by = visits.owner): Promise<Saved> {
  const file = await visits.store('Решение.pdf', pdf(), randomUUID());
  const document: Saved = {
    sourceId: randomUUID(),
    applicationId: randomUUID(),
    kind: 'DECISION',
    title: 'Запись в первый класс',
    issuer: 'Комитет по образованию',
    number: '78-2026-00000017',
    issuedAt: '2026-11-20T10:00:00Z',
    fileId: file.fileId,
    signatureFileId: null,
    ...changes,
  };
  await visits.app.execute(new SaveElectronicDocument(by, document));
  return document;
}
const titlesOf = async (query: string): Promise<string[]> => {
  const { html } = await visits.visitor.open(`${PAGE}?${query}`);
  return [...html.matchAll(/<p><a href="\/documents\/electronic\/[^"]+">([^<]+)</g)].map(([, title]) => title ?? '');
};

describe('the list of electronic documents', () => {
  it('says how to get one while there is none', async () => {
    const { status, text } = await visits.visitor.open(PAGE);
    expect(status).toBe(200);
    expect(text).toContain('Пока ничего не сохранено');
    expect(text).toContain('нажмите «Сохранить»');
  });

  it('shows kind, issuer, date, number, signature and file, the latest first', async () => {
    const sig = await visits.store('Приглашение.pdf.sig', signature(), randomUUID());
    await saved();
    await saved({
      kind: 'NOTICE',
      title: 'Приглашение',
      issuedAt: '2026-11-21T22:30:00Z',
      signatureFileId: sig.fileId,
    });
    const { text, html } = await visits.visitor.open(PAGE);
    expect(text).toContain('2 документа, сначала новые');
    expect(text).toMatch(/Приглашение Уведомление · Комитет по образованию · 22 ноября 2026 г\. · № 78-2026-00000017/);
    expect(text).toMatch(/Запись в первый класс Решение · .* · 20 ноября 2026 г\. .* Без подписи/);
    expect(text).toContain('Подпись проверяется');
    await visits.app.settle();
    expect((await visits.visitor.open(PAGE)).text).toContain('Подпись не подходит');
    expect(text.indexOf('Приглашение')).toBeLessThan(text.indexOf('Запись в первый класс'));
    expect(html).toContain('aria-current="page">Электронные документы');
  });

  it('finds by words in any form, by the issuer and by a part of the number', async () => {
    await saved();
    await saved({ title: 'Льготная транспортная карта', issuer: 'Комитет по транспорту', number: '78-2026-00000042' });
    expect(await titlesOf('q=первые%20классы')).toEqual(['Запись в первый класс']);
    expect(await titlesOf('q=ТРАНСПОРТНОЙ%20карты')).toEqual(['Льготная транспортная карта']);
    expect(await titlesOf('q=о%20транспорту')).toEqual(['Льготная транспортная карта']);
    expect(await titlesOf('q=2026-00000042')).toEqual(['Льготная транспортная карта']);
    expect(await titlesOf('q=0042')).toEqual(['Льготная транспортная карта']);
    expect(await titlesOf('q=комитет')).toHaveLength(2);
    const nothing = await visits.visitor.open(`${PAGE}?q=парковка`);
    expect(nothing.text).toContain('Ничего не нашлось');
    expect((await visits.visitor.open(`${PAGE}?q=${encodeURIComponent("':*&|!()<->%_\\")}`)).status).toBe(200);
  });

  it('narrows by issuer, year in Moscow and signature, and keeps what was chosen', async () => {
    const sig = await visits.store('a.pdf.sig', signature(), randomUUID());
    await saved({ issuedAt: '2025-12-31T21:30:00Z' });
    await saved({
      title: 'Карта',
      issuer: 'Комитет по транспорту',
      issuedAt: '2025-12-31T20:30:00Z',
      signatureFileId: sig.fileId,
    });
    expect(await titlesOf('year=2026')).toEqual(['Запись в первый класс']);
    expect(await titlesOf('year=2025')).toEqual(['Карта']);
    expect(await titlesOf(`issuer=${encodeURIComponent('Комитет по транспорту')}`)).toEqual(['Карта']);
    expect(await titlesOf('signed=yes')).toEqual(['Карта']);
    expect(await titlesOf('signed=no')).toEqual(['Запись в первый класс']);
    const { html, text } = await visits.visitor.open(`${PAGE}?year=2025&signed=yes`);
    expect(html).toMatch(/<option value="2025" selected>/);
    expect(html).toMatch(/<option value="yes" selected>/);
    expect(text).toContain('Найдено: 1 документ');
    expect(await titlesOf('year=прошлый&signed=maybe&after=nonsense&issuer=a&issuer=b')).toHaveLength(2);
  });

  it('turns over page by page without losing or repeating one', async () => {
    for (let index = 0; index < 21; index += 1)
      await saved({ title: `Документ ${index}`, issuedAt: '2026-11-20T10:00:00Z' });
    const first = await visits.visitor.open(`${PAGE}?q=документ`);
    const next = linkTo(first.html, 'Показать следующие');
    expect(next).toContain('q=');
    const second = await visits.visitor.open(next);
    const numbers = (html: string) => [...html.matchAll(/>Документ (\d+)</g)].map(([, number]) => Number(number));
    expect(numbers(first.html)).toHaveLength(20);
    expect(new Set([...numbers(first.html), ...numbers(second.html)]).size).toBe(21);
    expect(linkTo(second.html, 'Показать следующие')).toBe('');
  });

  it('is only of the one who saved', async () => {
    await saved({}, randomUUID());
    expect((await visits.visitor.open(PAGE)).text).toContain('Пока ничего не сохранено');
  });
});

describe('an electronic document', () => {
  it('is shown with everything, and both its files can be fetched as they were', async () => {
    const sig = await visits.store('Решение.pdf.sig', signature(), randomUUID());
    const { applicationId, fileId } = await saved({ signatureFileId: sig.fileId });
    const id = idIn((await visits.visitor.open(PAGE)).html);
    const { text, html } = await visits.visitor.open(`${PAGE}/${id}`);
    for (const words of [
      'Решение',
      'Комитет по образованию',
      '20 ноября 2026 г., 13:00 (МСК)',
      '78-2026-00000017',
      'Сохранено',
      'Решение.pdf.sig',
    ])
      expect(text).toContain(words);
    for (const href of [
      `/files/${fileId}`,
      `/files/${sig.fileId}`,
      `/applications/${applicationId}`,
      `/applications/attach?file=${fileId}`,
    ])
      expect(html.replaceAll('&#x3D;', '=')).toContain(`href="${href}"`);
    expect((await visits.visitor.open(`/files/${sig.fileId}`)).status).toBe(200);
    visits.signIn(randomUUID());
    expect((await visits.visitor.open(`/files/${sig.fileId}`)).status).toBe(404);
  });

  it('does not exist for somebody else, whatever the verb', async () => {
    await saved({}, randomUUID());
    const owner = visits.owner;
    const { document_id: id } = (await visits.app.sql.one<{ document_id: string }>(
      'select id as document_id from documents.electronic_document where owner_id <> $1 order by saved_at desc',
      [owner],
    ))!;
    await visits.visitor.open(PAGE);
    for (const path of [`${PAGE}/${id}`, `${PAGE}/nonsense`])
      expect((await visits.visitor.open(path)).status).toBe(404);
    for (const act of ['remove', 'restore'])
      expect((await visits.visitor.send(`${PAGE}/${id}/${act}`)).status).toBe(404);
  });

  it('is removed and brought back within a day', async () => {
    const { fileId } = await saved();
    const id = idIn((await visits.visitor.open(PAGE)).html);
    const { location } = await visits.visitor.send(`${PAGE}/${id}/remove`);
    const removed = await visits.visitor.open(location!);
    expect(removed.text).toContain('Документ удалён');
    expect(removed.text).toContain('Пока ничего не сохранено');
    expect((await visits.visitor.open(`/files/${fileId}`)).status).toBe(404);
    expect((await visits.visitor.open(`${PAGE}/${id}`)).status).toBe(404);
    expect((await visits.visitor.send(`${PAGE}/${id}/restore`)).location).toBe(`${PAGE}/${id}`);
    expect((await visits.visitor.open(`${PAGE}/${id}`)).text).toContain('Документ снова в вашем кабинете');
    expect((await visits.visitor.open(`/files/${fileId}`)).status).toBe(200);
  });

  it('comes back when it is saved again, and is one however often it is saved', async () => {
    const document = await saved();
    const id = idIn((await visits.visitor.open(PAGE)).html);
    await visits.visitor.send(`${PAGE}/${id}/remove`);
    const again = new SaveElectronicDocument(visits.owner, document);
    await Promise.all([visits.app.execute(again), visits.app.execute(again)]);
    expect((await visits.visitor.open(PAGE)).text).toContain('1 документ, сначала новые');
  });

  it('is kept once when it is saved twice at the same moment', async () => {
    const { fileId } = await visits.store('Решение.pdf', pdf(), randomUUID());
    const document = { ...(await saved({}, randomUUID())), sourceId: randomUUID(), fileId };
    const click = new SaveElectronicDocument(visits.owner, document);
    await Promise.all([visits.app.execute(click), visits.app.execute(click), visits.app.execute(click)]);
    expect((await visits.visitor.open(PAGE)).text).toContain('1 документ, сначала новые');
  });

  it('keeps its files when the application lets go of them, until it is forgotten itself', async () => {
    const sig = await visits.store('Решение.pdf.sig', signature(), randomUUID());
    const { fileId, applicationId } = await saved({ signatureFileId: sig.fileId });
    const holder = `application:${applicationId}`;
    await visits.app.execute(new HoldFiles(holder, [fileId, sig.fileId]));
    await visits.app.execute(new ReleaseFiles(holder));
    const bothAreThere = async () => {
      const found = await Promise.all([fileId, sig.fileId].map((id) => visits.app.ask(new FileContentQuery(id))));
      return found.map((one) => one !== null);
    };
    visits.app.clock.advance(49 * 3_600_000);
    await visits.app.execute(new SweepFiles());
    expect(await bothAreThere()).toEqual([true, true]);
    expect(await visits.app.ask(new StoredFilesQuery(visits.owner, [fileId]))).toHaveLength(1);

    const id = idIn((await visits.visitor.open(PAGE)).html);
    await visits.visitor.send(`${PAGE}/${id}/remove`);
    visits.app.clock.advance(23 * 3_600_000);
    await visits.app.execute(new SweepFiles());
    expect(await bothAreThere()).toEqual([true, true]);
    visits.app.clock.advance(2 * 3_600_000);
    await visits.app.execute(new SweepFiles());
    expect(await bothAreThere()).toEqual([false, false]);
    expect((await visits.visitor.send(`${PAGE}/${id}/restore`)).status).toBe(404);
  });
});
