import { randomUUID } from 'node:crypto';
import { Ajv } from 'ajv';
import { DOCUMENT_EXAMPLES } from '../../../../test/support/document-examples.js';
import { documentsApp, PASSPORT } from '../../../../test/support/documents-app.js';
import { pdf } from '../../../../test/support/sample-files.js';
import { type TestApp } from '../../../../test/support/test-app.js';
import { DOCUMENT_KINDS } from '../domain/document-kinds.js';
import { readRequisites } from '../domain/requisite-reading.js';
import { kindView } from './document-views.js';

let app: TestApp;
beforeAll(async () => {
  app = await documentsApp();
});
afterAll(() => app.close());

const signIn = (accountId: string | null) => {
  app.principals.citizen = accountId === null ? null : ({ accountId } as TestApp['principals']['citizen']);
};
let owner: string;
let token: { readonly cookie: string; readonly value: string };
beforeEach(async () => {
  owner = randomUUID();
  signIn(owner);
  const answer = await ask('GET', '/csrf-token');
  const cookie = answer.cookies.find(({ name }) => name === '__Host-csrf')!;
  token = { cookie: `${cookie.name}=${cookie.value}`, value: answer.json<{ token: string }>().token };
});

type Method = 'GET' | 'POST' | 'PUT' | 'DELETE';
const ask = (method: Method, path: string, payload?: object | string, headers: Readonly<Record<string, string>> = {}) =>
  app.nest.inject({ method, url: `/api/v1${path}`, payload, headers });
/** With the token that changes want. */
const send = (
  method: Method,
  path: string,
  payload?: object | string,
  headers: Readonly<Record<string, string>> = {},
) => ask(method, path, payload, { cookie: token.cookie, 'x-csrf-token': token.value, ...headers });
const upload = (name: string, content: Buffer) => {
  const head = `--b\r\ncontent-disposition: form-data; name="file"; filename="${name}"\r\ncontent-type: application/pdf\r\n\r\n`;
  const body = Buffer.concat([Buffer.from(head), content, Buffer.from('\r\n--b--\r\n')]);
  return send('POST', '/files', body, { 'content-type': 'multipart/form-data; boundary=b' });
};
/** An object in an object in an object. */
const nested = (levels: number): object => JSON.parse(`${'{"a":'.repeat(levels)}1${'}'.repeat(levels)}`) as object;
const addPassport = async () => {
  const answer = await send('POST', '/documents', { kind: 'RF_PASSPORT', requisites: PASSPORT });
  return answer.json<{ documentId: string }>().documentId;
};

describe('The API of documents', () => {
  it('adds a document by the command of the page, and shows it without its number', async () => {
    const answer = await send('POST', '/documents', { kind: 'RF_PASSPORT', requisites: PASSPORT });
    const { documentId } = answer.json<{ documentId: string }>();
    expect([answer.statusCode, answer.headers['location']]).toEqual([201, `/api/v1/documents/${documentId}`]);
    const list = await ask('GET', '/documents');
    expect(list.json()).toEqual({
      documents: [
        expect.objectContaining({ documentId, kind: 'RF_PASSPORT', maskedNumber: '•••• 456', origin: 'MANUAL' }),
      ],
    });
    const one = await ask('GET', `/documents/${documentId}`);
    expect(one.json()).toMatchObject({
      documentId,
      maskedRequisites: { series: '••••', number: '•••• 456', issuedBy: PASSPORT.issuedBy },
      expiresOn: '2033-06-03',
      version: 1,
      files: [],
    });
    expect(list.body + one.body).not.toContain('123456');
    expect(one.headers['cache-control']).toBe('private, no-store');
  });

  it('tells the requisites in full only when they are asked for, and notes it', async () => {
    const id = await addPassport();
    const noted = () => app.sql.query('select from documents.access_record where document_id = $1', [id]);
    expect(await noted()).toHaveLength(0);
    const answer = await send('POST', `/documents/${id}/reveal`);
    expect([answer.statusCode, answer.json()]).toEqual([
      200,
      { documentId: id, requisites: PASSPORT, differences: [], history: [] },
    ]);
    expect(await noted()).toHaveLength(1);
  });

  it('takes back what it has told: choices are a list on both ways', async () => {
    const requisites = {
      number: '0096123456',
      issueDate: '2020-11-22',
      expiryDate: '2030-11-22',
      categories: ['B', 'M'],
    };
    const added = await send('POST', '/documents', { kind: 'DRIVING_LICENCE', requisites });
    const { documentId } = added.json<{ documentId: string }>();
    const told = (await send('POST', `/documents/${documentId}/reveal`)).json<{ requisites: object }>();
    expect(told.requisites).toEqual(requisites);
    const changed = await send('PUT', `/documents/${documentId}`, {
      version: 1,
      requisites: { ...told.requisites, categories: ['B'] },
    });
    expect([changed.statusCode, changed.body]).toEqual([204, '']);
    const { history } = (await send('POST', `/documents/${documentId}/reveal`)).json<{ history: object[] }>();
    expect(history).toEqual([expect.objectContaining({ requisites, by: 'OWNER' })]);
  });

  it('says what is wrong with each requisite', async () => {
    const requisites = { ...PASSPORT, number: '12', departmentCode: '' };
    const answer = await send('POST', '/documents', { kind: 'RF_PASSPORT', requisites });
    expect(answer.statusCode).toBe(422);
    expect(answer.headers['content-type']).toContain('application/problem+json');
    expect(answer.json()).toMatchObject({
      status: 422,
      code: 'documents.invalid-requisites',
      faults: { number: 'BAD_LENGTH', departmentCode: 'EMPTY' },
    });
    expect(answer.body).not.toContain('"12"');
  });

  it.each<[string, Method, string, object | string, number, string]>([
    ['no kind', 'POST', '/documents', { requisites: {} }, 400, 'platform.malformed-body'],
    ['a list', 'POST', '/documents', [], 400, 'platform.malformed-body'],
    [
      'files that are no list',
      'POST',
      '/documents',
      { kind: 'SNILS', requisites: {}, fileIds: 'x' },
      400,
      'platform.malformed-body',
    ],
    [
      'null for a list of files',
      'POST',
      '/documents',
      { kind: 'SNILS', requisites: { snils: '91234567800' }, fileIds: null },
      400,
      'platform.malformed-body',
    ],
    [
      'levels without end',
      'POST',
      '/documents',
      { kind: 'SNILS', requisites: nested(20_000) },
      400,
      'platform.malformed-body',
    ],
    ['an unknown kind', 'POST', '/documents', { kind: 'NONE', requisites: {} }, 404, 'documents.unknown-kind'],
    [
      'a version that is no number',
      'PUT',
      `/documents/${randomUUID()}`,
      { version: '1', requisites: {} },
      400,
      'platform.malformed-body',
    ],
  ])('refuses a body with %s', async (_case, method, path, body, status, code) => {
    const answer = await send(method, path, body);
    expect(answer.json()).toMatchObject({ status, code });
    expect(answer.statusCode).toBe(status);
  });

  it('reads no body that is longer than a form', async () => {
    expect((await send('POST', '/documents', { kind: 'x'.repeat(600_000), requisites: {} })).statusCode).toBe(413);
  });

  it('refuses a change of what somebody has changed meanwhile', async () => {
    const id = await addPassport();
    const change = (number: string) =>
      send('PUT', `/documents/${id}`, { version: 1, requisites: { ...PASSPORT, number } });
    expect((await change('654321')).statusCode).toBe(204);
    const late = await change('111111');
    expect(late.json()).toMatchObject({ status: 409, code: 'documents.changed-meanwhile' });
  });

  it('removes a document and brings it back', async () => {
    const id = await addPassport();
    expect((await send('DELETE', `/documents/${id}`)).statusCode).toBe(204);
    expect((await ask('GET', `/documents/${id}`)).json()).toMatchObject({
      status: 404,
      code: 'documents.document-not-found',
    });
    expect((await send('POST', `/documents/${id}/restore`)).statusCode).toBe(204);
    expect((await ask('GET', `/documents/${id}`)).statusCode).toBe(200);
  });

  it('takes a file, attaches it, gives it back and detaches it', async () => {
    const id = await addPassport();
    const uploaded = await upload('scan.pdf', pdf());
    const { fileId } = uploaded.json<{ fileId: string }>();
    expect([uploaded.statusCode, uploaded.json()]).toEqual([
      201,
      {
        fileId,
        name: 'scan.pdf',
        bytes: pdf().length,
        extension: 'pdf',
        mediaType: 'application/pdf',
        scan: 'NOT_SCANNED',
      },
    ]);
    expect((await send('PUT', `/documents/${id}/files/${fileId}`)).statusCode).toBe(204);
    expect((await ask('GET', `/documents/${id}`)).json()).toMatchObject({ files: [{ fileId, name: 'scan.pdf' }] });
    const read = await ask('GET', `/files/${fileId}`);
    expect(read.rawPayload.equals(pdf())).toBe(true);
    expect(read.headers['content-disposition']).toContain('attachment');
    expect((await send('DELETE', `/documents/${id}/files/${fileId}`)).statusCode).toBe(204);
    expect((await ask('GET', `/documents/${id}`)).json()).toMatchObject({ files: [] });
  });

  it('refuses a file that is not what it is called, in words', async () => {
    const answer = await upload('scan.pdf', Buffer.from('MZ'));
    expect(answer.json()).toMatchObject({
      code: 'documents.content-mismatch',
      detail: expect.stringMatching(/\p{Script=Cyrillic}/u),
    });
    expect(answer.statusCode).toBe(415);
    expect(
      (await send('POST', '/files', '--b--\r\n', { 'content-type': 'multipart/form-data; boundary=b' })).statusCode,
    ).toBe(422);
  });

  it('knows nothing of anybody else', async () => {
    const id = await addPassport();
    const { fileId } = (await upload('scan.pdf', pdf())).json<{ fileId: string }>();
    signIn(randomUUID());
    const asked: [Method, string, object?][] = [
      ['GET', `/documents/${id}`],
      ['POST', `/documents/${id}/reveal`],
      ['PUT', `/documents/${id}`, { version: 1, requisites: PASSPORT }],
      ['DELETE', `/documents/${id}`],
      ['POST', `/documents/${id}/restore`],
      ['PUT', `/documents/${id}/files/${fileId}`],
      ['DELETE', `/documents/${id}/files/${fileId}`],
      ['GET', `/files/${fileId}`],
    ];
    for (const [method, path, body] of asked)
      expect([path, (await send(method, path, body)).statusCode]).toEqual([path, 404]);
    expect((await ask('GET', '/documents')).json()).toEqual({ documents: [] });
  });

  it('is closed to whoever is not signed in, and changes nothing without the token', async () => {
    const id = await addPassport();
    for (const [method, path] of [
      ['POST', '/documents'],
      ['PUT', `/documents/${id}`],
      ['DELETE', `/documents/${id}`],
      ['POST', '/files'],
    ] as const)
      expect((await ask(method, path, {})).json()).toMatchObject({ status: 403, code: 'platform.stale-form' });
    signIn(null);
    const answer = await ask('GET', '/documents');
    expect([answer.statusCode, answer.json()]).toEqual([
      401,
      expect.objectContaining({ code: 'platform.not-signed-in' }),
    ]);
  });
});

describe('The kinds in the API', () => {
  const ajv = new Ajv({ strict: false, validateFormats: false });

  it('are all there, each with a schema', async () => {
    const { kinds } = (await ask('GET', '/document-kinds')).json<{ kinds: { code: string; requisites: object }[] }>();
    expect(kinds.map(({ code }) => code)).toEqual(DOCUMENT_KINDS.map(({ code }) => code));
    expect(kinds).toEqual(JSON.parse(JSON.stringify(DOCUMENT_KINDS.map(kindView))));
  });

  it.each(DOCUMENT_KINDS.map((kind) => [kind.code, kind] as const))(
    'say of %s what fits and what is missing',
    (code, kind) => {
      const fits = ajv.compile(kindView(kind).requisites);
      const normalised = readRequisites(kind, DOCUMENT_EXAMPLES[code]!.good);
      const sent = kind.requisites.flatMap((one) => {
        const value = normalised[one.code];
        return value === undefined ? [] : [[one.code, one.type === 'choices' ? value.split(',') : value]];
      });
      expect([fits(Object.fromEntries(sent)), fits.errors]).toEqual([true, null]);
      expect(fits({})).toBe(false);
    },
  );
});

interface Schema {
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly items?: Schema;
}

/** Paths of what is in the answer and not in its description. */
function undescribed(value: unknown, { properties, items }: Schema, at = ''): string[] {
  if (Array.isArray(value)) return items ? value.flatMap((one) => undescribed(one, items, `${at}[]`)) : [];
  if (value === null || typeof value !== 'object' || !properties) return [];
  return Object.entries(value).flatMap(([name, inner]) => {
    const described = properties[name];
    return described ? undescribed(inner, described, `${at}.${name}`) : [`${at}.${name}`];
  });
}

describe('The description of the API', () => {
  it('tells all of what is answered, and nothing else', async () => {
    const { fileId } = (await upload('scan.pdf', pdf())).json<{ fileId: string }>();
    const added = await send('POST', '/documents', { kind: 'RF_PASSPORT', requisites: PASSPORT, fileIds: [fileId] });
    const { documentId } = added.json<{ documentId: string }>();
    const one = `/documents/${documentId}`;
    await send('PUT', one, { version: 1, requisites: { ...PASSPORT, number: '654321' } });
    const answers = [
      ['get', '/csrf-token', 200, await ask('GET', '/csrf-token')],
      ['get', '/document-kinds', 200, await ask('GET', '/document-kinds')],
      ['get', '/documents', 200, await ask('GET', '/documents')],
      ['post', '/documents', 201, added],
      ['get', '/documents/{id}', 200, await ask('GET', one)],
      ['post', '/documents/{id}/reveal', 200, await send('POST', `${one}/reveal`)],
      ['post', '/files', 201, await upload('scan.pdf', pdf())],
      ['get', '/documents/{id}', 'default', await ask('GET', `/documents/${randomUUID()}`)],
    ] as const;
    const { paths } = (await app.nest.inject('/api/openapi.json')).json<{
      paths: Record<
        string,
        Record<string, { responses: Record<string, { content: Record<string, { schema: Schema }> }> }>
      >;
    }>();
    const ajv = new Ajv({ strict: false, validateFormats: false });
    for (const [verb, path, status, answer] of answers) {
      const [{ schema }] = Object.values(paths[`/api/v1${path}`]![verb]!.responses[status]!.content) as [
        { schema: Schema },
      ];
      const fits = ajv.compile(schema);
      expect([path, fits(answer.json()), fits.errors]).toEqual([path, true, null]);
      expect([path, undescribed(answer.json(), schema)]).toEqual([path, []]);
    }
  });

  it('names every route of documents, what it takes and what it answers', async () => {
    signIn(null);
    const answer = await app.nest.inject('/api/openapi.json');
    const { openapi, paths } = answer.json<{ openapi: string; paths: Record<string, Record<string, object>> }>();
    expect(openapi).toBe('3.1.0');
    const named = Object.entries(paths).flatMap(([path, verbs]) =>
      Object.keys(verbs).map((verb) => `${verb.toUpperCase()} ${path}`),
    );
    expect(named.sort()).toEqual([
      'DELETE /api/v1/documents/{id}',
      'DELETE /api/v1/documents/{id}/files/{fileId}',
      'GET /api/v1/csrf-token',
      'GET /api/v1/document-kinds',
      'GET /api/v1/documents',
      'GET /api/v1/documents/{id}',
      'GET /api/v1/files/{id}',
      'POST /api/v1/documents',
      'POST /api/v1/documents/{id}/restore',
      'POST /api/v1/documents/{id}/reveal',
      'POST /api/v1/files',
      'PUT /api/v1/documents/{id}',
      'PUT /api/v1/documents/{id}/files/{fileId}',
    ]);
    expect(paths['/api/v1/documents']).toMatchObject({
      post: {
        parameters: [expect.objectContaining({ name: 'x-csrf-token', in: 'header', required: true })],
        requestBody: {
          content: { 'application/json': { schema: { oneOf: DOCUMENT_KINDS.map(({ label }) => ({ title: label })) } } },
        },
        responses: { 201: expect.anything(), default: { content: { 'application/problem+json': expect.anything() } } },
      },
    });
  });
});
