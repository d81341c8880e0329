import { randomUUID } from 'node:crypto';
import { documentsApp, PASSPORT } from '../../../../test/support/documents-app.js';
import { PortalVisitor, type Visit } from '../../../../test/support/portal-visitor.js';
import { jpeg, pdf, SAMPLE_FILES, streamOf } from '../../../../test/support/sample-files.js';
import { type TestApp } from '../../../../test/support/test-app.js';
import { AddPersonalDocument } from '../application/add-personal-document.js';
import { DOCUMENT_KINDS } from '../domain/document-kinds.js';
import { type FileExtension } from '../domain/file-format.js';
import { SaveElectronicDocument, type StoredFileInfo, StoreFile } from '../public.js';

const LIMIT = 3_145_728;

let app: TestApp;
beforeAll(async () => {
  app = await documentsApp();
});
afterAll(() => app.close());

let owner: string;
let visitor: PortalVisitor;
const signIn = (accountId: string) => {
  app.principals.citizen = { accountId, sessionId: 's', level: 'SIMPLIFIED', displayName: 'Мария Н.', oid: '1' };
};
beforeEach(() => {
  owner = randomUUID();
  signIn(owner);
  visitor = new PortalVisitor(app.nest);
});

const typed = (requisites: Readonly<Record<string, string>>) =>
  Object.fromEntries(Object.entries(requisites).map(([code, value]) => [`requisites[${code}]`, value]));
const file = (name: string, content: Buffer) => ({ field: 'files', name, content: new Uint8Array(content) });
const addPassport = () => app.execute(new AddPersonalDocument(owner, 'RF_PASSPORT', PASSPORT));
const store = (name: string, content: Buffer = pdf(), by = owner): Promise<StoredFileInfo> =>
  app.execute(new StoreFile(by, name, streamOf(content)));
const fileIdsIn = ({ html }: Visit) => [...html.matchAll(/name="fileIds" value="([^"]+)"/g)].map(([, id]) => id ?? '');

describe('the section of documents', () => {
  it('says what to do while it is empty', async () => {
    const { status, text } = await visitor.open('/documents');
    expect(status).toBe(200);
    expect(text).toContain('Личных документов пока нет');
    expect(text).toContain('нажмите «Сохранить»');
  });

  it('shows personal documents masked and electronic ones with their file', async () => {
    const id = await addPassport();
    const { fileId } = await store('Решение.pdf', pdf(), randomUUID());
    const decision = {
      sourceId: 'd1',
      applicationId: randomUUID(),
      title: 'Решение о зачислении',
      issuer: 'Комитет по образованию',
      number: '78-1',
      issuedAt: '2026-11-20T10:00:00Z',
      fileId,
    };
    await app.execute(new SaveElectronicDocument(owner, decision));
    const { text, html } = await visitor.open('/documents');
    expect(text).toContain('1 документ');
    expect(text).toContain('Паспорт гражданина РФ •••• 456 · действует до 3 июня 2033 г.');
    expect(html).not.toContain('123456');
    expect(text).toContain('Решение о зачислении Комитет по образованию · 20 ноября 2026 г. · заявление № 78-1');
    expect(html).toContain(`href="/documents/${id}"`);
    expect(html).toContain(`href="/files/${fileId}"`);
  });

  it('passes over parameters that were typed twice', async () => {
    const twice = (name: string) => `${name}=${randomUUID()}&${name}=${randomUUID()}`;
    expect((await visitor.open(`/documents?${twice('after')}&${twice('removed')}`)).status).toBe(200);
    expect((await visitor.open(`/documents/add?${twice('q')}`)).status).toBe(200);
  });

  it('marks a document that has expired', async () => {
    const requisites = {
      series: '99',
      number: '0000012',
      issueDate: '2022-03-01',
      expiryDate: '2026-11-22',
      issuedBy: 'МВД',
    };
    const id = await app.execute(new AddPersonalDocument(owner, 'RF_FOREIGN_PASSPORT', requisites));
    app.clock.set('2026-11-22T21:00:00Z');
    expect((await visitor.open('/documents')).text).toContain('Срок действия истёк');
    expect((await visitor.open(`/documents/${id}`)).text).toContain('Приложить его к новому заявлению нельзя');
    app.clock.set('2026-11-22T09:00:00Z');
  });
});

describe('choosing a kind', () => {
  it('offers all of them by groups', async () => {
    const { text, html } = await visitor.open('/documents/add');
    for (const { code, label } of DOCUMENT_KINDS) {
      expect(text).toContain(label);
      expect(html).toContain(`href="/documents/add/${code}"`);
    }
  });

  it('finds by words of the name in any order', async () => {
    const { text } = await visitor.open('/documents/add?q=' + encodeURIComponent('БРАКА свид'));
    expect(text).toContain('Свидетельство о регистрации брака');
    expect(text).not.toContain('СНИЛС');
    expect((await visitor.open('/documents/add?q=zzz')).text).toContain('Такого документа в списке нет');
  });

  it.each(DOCUMENT_KINDS.map(({ code, label }) => [code, label]))('opens the form of %s', async (code, label) => {
    const { status, text, html } = await visitor.open(`/documents/add/${code}`);
    expect(status).toBe(200);
    expect(text).toContain(label);
    for (const requisite of DOCUMENT_KINDS.find((kind) => kind.code === code)?.requisites ?? []) {
      expect(html).toContain(`name="requisites[${requisite.code}]"`);
    }
  });

  it('knows no other', async () => expect((await visitor.open('/documents/add/NONE')).status).toBe(404));
});

describe('adding a document', () => {
  it('takes requisites and scans in one form', async () => {
    await visitor.open('/documents/add/RF_PASSPORT');
    const requisites = typed({ ...PASSPORT, series: '40 08', issueDate: '20.03.2008' });
    const { status, location } = await visitor.sendFiles('/documents/add/RF_PASSPORT', requisites, [
      file('Разворот.pdf', pdf()),
      file('Прописка.JPG', jpeg()),
    ]);
    expect(status).toBe(303);
    const { text } = await visitor.open(location ?? '');
    expect(text).toContain('Документ добавлен');
    expect(text).toContain('Разворот.pdf');
    expect(text).toContain('Прописка.JPG');
    expect(text).toContain('Антивирусом не проверен');
    expect(text).toContain('Действует до 3 июня 2033 г. включительно');
    expect(text).toContain('Серия •••• Номер •••• 456');
    expect(text).not.toContain('123456');
  });

  it('takes several choices', async () => {
    await visitor.open('/documents/add/DRIVING_LICENCE');
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
    const { location } = await visitor.sendForm('/documents/add/DRIVING_LICENCE', form);
    expect((await visitor.open(location ?? '')).text).toContain('Категории B, M');
  });

  it('names each fault at its field and keeps what was typed and uploaded', async () => {
    await visitor.open('/documents/add/RF_PASSPORT');
    const refused = await visitor.sendFiles(
      '/documents/add/RF_PASSPORT',
      typed({ ...PASSPORT, series: '408', issueDate: '31.02.2008', issuedBy: '' }),
      [file('scan.pdf', pdf())],
    );
    expect(refused.status).toBe(422);
    expect(refused.html).toContain('href="#requisites.series"');
    expect(refused.html).toContain('id="requisites.series"');
    expect(refused.text).toContain('Серия: проверьте, сколько знаков введено. 4 цифры');
    expect(refused.text).toContain('Дата выдачи: такого дня нет в календаре');
    expect(refused.text).toContain('Введите орган, который выдал документ');
    expect(refused.html).toContain('value="408"');
    const fileIds = fileIdsIn(refused);
    expect(fileIds).toHaveLength(1);

    const { location } = await visitor.sendFiles(
      '/documents/add/RF_PASSPORT',
      { ...typed(PASSPORT), fileIds: fileIds[0] ?? '' },
      [],
    );
    expect((await visitor.open(location ?? '')).text).toContain('scan.pdf');
  });

  it('takes no file of somebody else by its id', async () => {
    const foreign = await store('чужой.pdf', pdf(), randomUUID());
    await visitor.open('/documents/add/RF_PASSPORT');
    const { location } = await visitor.sendFiles(
      '/documents/add/RF_PASSPORT',
      { ...typed(PASSPORT), fileIds: foreign.fileId },
      [],
    );
    expect((await visitor.open(location ?? '')).text).not.toContain('чужой.pdf');
  });

  it('refuses an expired document at its date', async () => {
    await visitor.open('/documents/add/RF_FOREIGN_PASSPORT');
    const requisites = typed({
      series: '99',
      number: '0000012',
      issueDate: '01.03.2016',
      expiryDate: '21.11.2026',
      issuedBy: 'МВД',
    });
    const { status, text, html } = await visitor.sendFiles('/documents/add/RF_FOREIGN_PASSPORT', requisites, []);
    expect(status).toBe(422);
    expect(text).toContain('Срок действия истёк 21 ноября 2026 г.');
    expect(html).toContain('href="#requisites.expiryDate"');
  });

  it('answers a second one of the same number with a link to the first', async () => {
    const id = await addPassport();
    await visitor.open('/documents/add/RF_PASSPORT');
    const { status, text, html } = await visitor.sendFiles('/documents/add/RF_PASSPORT', typed(PASSPORT), []);
    expect(status).toBe(409);
    expect(text).toContain('Такой документ уже есть');
    expect(html).toContain(`href="/documents/${id}"`);
  });
});

describe('one document', () => {
  it('shows its number on demand', async () => {
    const id = await addPassport();
    expect((await visitor.open(`/documents/${id}`)).text).toContain('Номер •••• 456');
    const { text } = await visitor.open(`/documents/${id}?requisites=shown`);
    expect(text).toContain('123456');
    expect(text).toContain('Код подразделения 780-099');
    expect(text).toContain('Дата выдачи 20 марта 2008 г.');
  });

  it('of somebody else is not there, whatever is asked of it', async () => {
    const id = await addPassport();
    const { fileId } = await store('scan.pdf');
    await visitor.open('/documents');
    signIn(randomUUID());
    for (const path of [`/documents/${id}`, `/documents/${id}/edit`, `/files/${fileId}`])
      expect((await visitor.open(path)).status).toBe(404);
    for (const path of ['edit', 'remove', 'restore', `files/${fileId}/remove`])
      expect((await visitor.send(`/documents/${id}/${path}`)).status).toBe(404);
    expect((await visitor.sendFiles(`/documents/${id}/files`, {}, [file('a.pdf', pdf())])).status).toBe(404);
  });

  it('is corrected in its form', async () => {
    const id = await addPassport();
    const { html } = await visitor.open(`/documents/${id}/edit`);
    expect(html).toContain('value="20.03.2008"');
    const { location } = await visitor.send(`/documents/${id}/edit`, {
      ...typed({ ...PASSPORT, number: '654321' }),
      version: '1',
    });
    expect((await visitor.open(`${location ?? ''}?requisites=shown`)).text).toContain('654321');
    const late = await visitor.send(`/documents/${id}/edit`, { ...typed(PASSPORT), version: '1' });
    expect(late.status).toBe(409);
    expect(late.text).toContain('Пока вы работали, документ изменили в другом окне Сейчас сохранено: Серия 4008');
    expect(late.html).toContain('name="version" value="2"');
    const faulty = await visitor.send(`/documents/${id}/edit`, {
      ...typed({ ...PASSPORT, number: '1' }),
      version: '2',
    });
    expect(faulty.status).toBe(422);
    expect(faulty.text).toContain('Номер: проверьте, сколько знаков введено. 6 цифр');
  });

  it('is removed and brought back', async () => {
    const id = await addPassport();
    await visitor.open(`/documents/${id}`);
    const { location } = await visitor.send(`/documents/${id}/remove`);
    expect((await visitor.open(location ?? '')).text).toContain('Документ удалён');
    expect((await visitor.open(`/documents/${id}`)).status).toBe(404);
    const restored = await visitor.send(`/documents/${id}/restore`);
    expect((await visitor.open(restored.location ?? '')).text).toContain('Документ возвращён');
  });

  it('takes files, refuses some by name, and lets go of one', async () => {
    const id = await addPassport();
    await visitor.open(`/documents/${id}`);
    const upload = await visitor.sendFiles(`/documents/${id}/files`, {}, [
      file('хорошо.pdf', pdf()),
      file('плохо.exe', Buffer.from('MZ')),
      file('пусто.pdf', Buffer.alloc(0)),
    ]);
    expect(upload.status).toBe(422);
    expect(upload.text).toContain('«плохо.exe»: Такой формат не принимается');
    expect(upload.text).toContain('«пусто.pdf»: Файл пустой');
    expect(upload.text).toContain('хорошо.pdf');
    const action = /action="(\/documents\/[^"]+\/files\/[^"]+\/remove)"/.exec(upload.html)?.[1] ?? '';
    const { location } = await visitor.send(action);
    expect((await visitor.open(location ?? '')).text).toContain('Файлов пока нет');
    expect((await visitor.sendFiles(`/documents/${id}/files`, {}, [])).text).toContain('Выберите хотя бы один файл');
  });

  it('carries ten files and no eleventh', async () => {
    const id = await addPassport();
    await visitor.open(`/documents/${id}`);
    const ten = Array.from({ length: 10 }, (_, index) => file(`${index}.pdf`, pdf()));
    expect((await visitor.sendFiles(`/documents/${id}/files`, {}, ten)).status).toBe(303);
    const { status, text } = await visitor.sendFiles(`/documents/${id}/files`, {}, [file('11.pdf', pdf())]);
    expect(status).toBe(422);
    expect(text).toContain('не больше 10 файлов');
  });
});

/** Sends what a script of a form would send. */
const uploadByScript = async (name: string, content: Buffer, query = '') => {
  const opened = await app.nest.inject({ method: 'GET', url: '/documents', headers: { accept: 'text/html' } });
  const token = /name="csrf-token" content="([^"]+)"/.exec(opened.body)?.[1] ?? '';
  const cookie = (opened.cookies as { name: string; value: string }[])
    .map((each) => `${each.name}=${encodeURIComponent(each.value)}`)
    .join('; ');
  const form = new FormData();
  form.append('file', new Blob([new Uint8Array(content)]), name);
  const body = new Response(form);
  return app.nest.inject({
    method: 'POST',
    url: `/files${query}`,
    headers: {
      accept: 'application/json',
      'content-type': body.headers.get('content-type') ?? '',
      'x-csrf-token': token,
      cookie,
    },
    payload: Buffer.from(await body.arrayBuffer()),
  });
};

describe('a file', () => {
  it.each(Object.keys(SAMPLE_FILES) as FileExtension[])(
    'of the format %s is uploaded by a script and comes back as an attachment',
    async (extension) => {
      const content = await SAMPLE_FILES[extension]();
      const name = `Скан (копия) № 1.${extension}`;
      const uploaded = await uploadByScript(name, content);
      expect(uploaded.statusCode).toBe(201);
      const { fileId, ...told } = uploaded.json<{ fileId: string; name: string; bytes: number }>();
      expect(told).toEqual({ name, bytes: content.length });
      const { statusCode, headers, rawPayload } = await app.nest.inject({ method: 'GET', url: `/files/${fileId}` });
      expect(statusCode).toBe(200);
      expect(rawPayload.equals(content)).toBe(true);
      expect(headers['content-disposition']).toBe(
        `attachment; filename*=UTF-8''%D0%A1%D0%BA%D0%B0%D0%BD%20%28%D0%BA%D0%BE%D0%BF%D0%B8%D1%8F%29%20%E2%84%96%201.${extension}`,
      );
      expect(headers['x-content-type-options']).toBe('nosniff');
      expect(headers['content-security-policy']).toContain('sandbox');
      expect(headers['cache-control']).toContain('no-store');
    },
  );

  it('of exactly 3 145 728 bytes passes and of one more does not', async () => {
    const ofLength = (bytes: number) => Buffer.concat([jpeg(), Buffer.alloc(bytes - jpeg().length)]);
    expect((await uploadByScript('скан.jpg', ofLength(LIMIT))).statusCode).toBe(201);
    for (const bytes of [LIMIT + 1, LIMIT + 2, 2 * LIMIT]) {
      const refused = await uploadByScript('скан.jpg', ofLength(bytes));
      expect(refused.statusCode).toBe(422);
      expect(refused.headers['content-type']).toContain('application/problem+json');
      expect(refused.json()).toMatchObject({
        code: 'documents.file-too-large',
        detail: 'Файл больше 3 МБ. Уменьшите его и загрузите снова.',
      });
    }
  });

  it.each([
    ['passport.pdf.exe', 'documents.extension-not-allowed'],
    ['a\u202Efdp.exe', 'documents.extension-not-allowed'],
    ['photo.jpg', 'documents.content-mismatch'],
  ])('named «%s» is refused', async (name, code) => {
    const refused = await uploadByScript(name, pdf());
    expect(refused.statusCode).toBe(422);
    expect(refused.json()).toMatchObject({ code });
  });

  it('is narrowed to what the form takes', async () => {
    expect((await uploadByScript('a.pdf', pdf(), '?extensions=jpg,jpeg')).json()).toMatchObject({
      code: 'documents.extension-not-allowed',
    });
    expect((await uploadByScript('a.pdf', pdf(), '?extensions=jpg,pdf')).statusCode).toBe(201);
  });

  it('loses its folders and its invisible characters', async () => {
    const uploaded = await uploadByScript('..\\..\\\u200Bтайна.pdf', pdf());
    expect(uploaded.json()).toMatchObject({ name: 'тайна.pdf' });
  });

  it('is not taken without the token of the page', async () => {
    const form = new Response(new FormData());
    const refused = await app.nest.inject({
      method: 'POST',
      url: '/files',
      headers: { accept: 'application/json', 'content-type': form.headers.get('content-type') ?? '' },
      payload: Buffer.from(await form.arrayBuffer()),
    });
    expect(refused.statusCode).toBe(403);
  });
});
