import { randomUUID } from 'node:crypto';
import { documentsApp } from '../../../../../test/support/documents-app.js';
import { jpeg, SAMPLE_FILES, streamOf } from '../../../../../test/support/sample-files.js';
import { type TestApp } from '../../../../../test/support/test-app.js';
import { type FileExtension } from '../../domain/file-format.js';
import { StoreFile } from '../../public.js';

describe('the preview of a file', () => {
  let app: TestApp;
  beforeAll(async () => {
    app = await documentsApp();
  });
  afterAll(() => app.close());

  let owner: string;
  beforeEach(() => {
    owner = randomUUID();
    signIn(owner);
  });

  const signIn = (accountId: string) => {
    app.principals.citizen = { accountId, sessionId: 's', level: 'SIMPLIFIED', displayName: 'Мария Н.', oid: '1' };
  };
  const store = async (name: string, content: Buffer, by = owner): Promise<string> =>
    (await app.execute(new StoreFile(by, name, streamOf(content)))).fileId;
  const preview = (fileId: string) => app.nest.inject({ method: 'GET', url: `/files/${fileId}/preview` });

  it.each(['jpg', 'jpeg'])('is the picture itself for %s, shown where nothing can run', async (extension) => {
    const { statusCode, headers, rawPayload } = await preview(await store(`Скан 1.${extension}`, jpeg()));
    expect(statusCode).toBe(200);
    expect(rawPayload).toEqual(jpeg());
    expect(headers).toMatchObject({
      'content-type': 'image/jpeg',
      'content-disposition': `inline; filename*=UTF-8''%D0%A1%D0%BA%D0%B0%D0%BD%201.${extension}`,
      'content-security-policy': "sandbox; default-src 'none'; style-src 'unsafe-inline'",
      'x-content-type-options': 'nosniff',
      'cache-control': 'private, no-store',
    });
  });

  it.each((Object.keys(SAMPLE_FILES) as FileExtension[]).filter((extension) => !/^jpe?g$/.test(extension)))(
    'is not given of %s, which no browser shows as a picture',
    async (extension) => {
      const { statusCode, headers } = await preview(await store(`Файл.${extension}`, await SAMPLE_FILES[extension]()));
      expect(statusCode).toBe(415);
      expect(headers['content-disposition']).toBeUndefined();
    },
  );

  it('of somebody else, of none and of no id is not there', async () => {
    const foreign = await store('Чужой.jpg', jpeg(), randomUUID());
    for (const id of [foreign, randomUUID(), 'x']) expect((await preview(id)).statusCode).toBe(404);
  });

  it('is not shown to a stranger', async () => {
    const fileId = await store('Скан.jpg', jpeg());
    app.principals.citizen = null;
    expect((await preview(fileId)).statusCode).not.toBe(200);
  });
});
