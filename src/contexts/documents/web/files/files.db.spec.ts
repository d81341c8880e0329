import { DocumentsVisits } from '../../../../../test/support/documents-visits.js';
import { jpeg, pdf, SAMPLE_FILES } from '../../../../../test/support/sample-files.js';
import { type FileExtension } from '../../domain/file-format.js';

const LIMIT = 3_145_728;

const visits = DocumentsVisits.beforeEachTest();

const uploadByScript = (name: string, content: Buffer, query = '') => visits.upload(name, content, query);

describe('a file', () => {
  it.each(Object.keys(SAMPLE_FILES) as FileExtension[])(
    'of the format %s is uploaded by a script and comes back as an attachment',
    async (extension) => {
      const content = await SAMPLE_FILES[extension]();
      const name = `Скан (копия) № 1.${extension}`;
      const uploaded = await uploadByScript(name, content);
      expect(uploaded.statusCode).toBe(201);
      const { fileId, ...told } = uploaded.json<{ fileId: string; name: string; bytes: number }>();
      expect(told).toEqual({ name, bytes: content.length, extension, scan: 'NOT_SCANNED' });
      const { statusCode, headers, rawPayload } = await visits.app.nest.inject({ method: 'GET', url: `/files/${fileId}` });
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
      expect(refused.statusCode).toBe(413);
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
    expect(refused.statusCode).toBe(415);
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
    const refused = await visits.app.nest.inject({
      method: 'POST',
      url: '/files',
      headers: { accept: 'application/json', 'content-type': form.headers.get('content-type') ?? '' },
      payload: Buffer.from(await form.arrayBuffer()),
    });
    expect(refused.statusCode).toBe(403);
  });
});
