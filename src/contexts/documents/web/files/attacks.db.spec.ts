import { existsSync, readdirSync, statSync } from 'node:fs';
import { type AddressInfo, connect, type Socket } from 'node:net';
import { join } from 'node:path';
import { DISGUISES, lyingDocument, objectStream, SCRIPT_ACTION } from '../../../../../test/support/attack-files.js';
import { DocumentsVisits, MULTIPART, partOf } from '../../../../../test/support/documents-visits.js';
import { eventually } from '../../../../../test/support/eventually.js';
import {
  compoundFile,
  jpeg,
  jpegOfSize,
  officeDocument,
  pdf,
  zip,
} from '../../../../../test/support/sample-files.js';
import { Config } from '../../../../platform/config/config.js';

const visits = DocumentsVisits.beforeEachTest();

const filesOnDisk = (): string[] => {
  const root = join(visits.app.nest.get<Config>(Config).dataDir, 'files');
  if (!existsSync(root)) return [];
  return readdirSync(root, { recursive: true, encoding: 'utf8' }).filter((name) => statSync(join(root, name)).isFile());
};
const stored = async () => [...filesOnDisk(), ...(await visits.app.sql.query('select id from documents.stored_file'))];

type Attack = readonly [name: string, content: () => Buffer | Promise<Buffer>, status: number, code: string];

const MISMATCH = [415, 'documents.content-mismatch'] as const;
const MACRO = [422, 'documents.macro-not-allowed'] as const;
const ACTIVE = [422, 'documents.active-content'] as const;
const SUSPICIOUS = [422, 'documents.suspicious-archive'] as const;
const bytes = (text: string) => () => Buffer.from(text, 'latin1');

const ATTACKS: Readonly<Record<string, Attack>> = {
  'a program after a double extension': ['passport.pdf.exe', () => pdf(), 415, 'documents.extension-not-allowed'],
  'a program behind a mark of direction': ['a\u202Efdp.exe', () => pdf(), 415, 'documents.extension-not-allowed'],
  'an empty file': ['скан.pdf', bytes(''), 422, 'documents.empty-file'],
  'a page as a document': ['справка.doc', bytes(DISGUISES['an HTML page']!), ...MISMATCH],
  'a drawing as a picture': ['фото.jpg', bytes(DISGUISES['an SVG']!), ...MISMATCH],
  'a web archive as a document': ['справка.doc', bytes(DISGUISES['a web archive']!), ...MISMATCH],
  'RTF as a document': ['справка.doc', bytes(DISGUISES['RTF']!), ...MISMATCH],
  'XML as a table': ['таблица.xls', bytes(DISGUISES['XML of Excel']!), ...MISMATCH],
  'a picture with an archive behind it': [
    'фото.jpg',
    async () => Buffer.concat([jpeg(), await zip([['page.html', 'x'.repeat(100)]])]),
    ...MISMATCH,
  ],
  'a truncated document': ['скан.pdf', () => pdf().subarray(0, 300), ...MISMATCH],
  'a huge picture': ['фото.jpg', () => jpegOfSize(30_001, 1), 422, 'documents.image-too-large'],
  'a zip bomb': ['отчёт.docx', () => lyingDocument('word/a.xml', Buffer.alloc(5_000_000), 1000), ...SUSPICIOUS],
  'macros under the type of a plain document': ['отчёт.docx', () => officeDocument('docx', ['word/vbaProject.bin', 'x']), ...MACRO],
  'macros of the old kind': ['отчёт.xls', () => compoundFile('Workbook', '_VBA_PROJECT_CUR/VBA/dir'), ...MACRO],
  'an entity': ['отчёт.docx', () => officeDocument('docx', ['word/a.xml', '<!DOCTYPE x><x/>']), ...ACTIVE],
  'a password': ['отчёт.docx', () => compoundFile('EncryptedPackage'), 422, 'documents.encrypted-file'],
  'a locked PDF': ['скан.pdf', () => pdf({ trailer: '/Encrypt 5 0 R' }), 422, 'documents.encrypted-file'],
  'a script in a packed part of a PDF': ['скан.pdf', () => pdf({ objects: [objectStream(SCRIPT_ACTION)] }), ...ACTIVE],
};

describe('an attack', () => {
  it.each(Object.entries(ATTACKS))('by %s is refused with words, and nothing is kept', async (_what, attack) => {
    const [name, content, status, code] = attack;
    const before = await stored();
    const refused = await visits.upload(name, await content());
    expect(refused.statusCode).toBe(status);
    expect(refused.headers['content-type']).toContain('application/problem+json');
    const problem = refused.json<{ code: string; detail: string }>();
    expect(problem.code).toBe(code);
    expect(problem.detail).toMatch(/[а-я]{3,}.*\./);
    expect(await stored()).toEqual(before);
  });
});

describe('the name of a file', () => {
  it('with a NUL is malformed', async () => {
    const before = await stored();
    const refused = await visits.uploadNamed('scan.pdf\0.exe', pdf());
    expect(refused.statusCode).toBe(400);
    expect(refused.json()).toMatchObject({ code: 'documents.unreadable-file-name' });
    expect(await stored()).toEqual(before);
  });

  const long = 'Ж'.repeat(300);
  it.each([
    ['../../../etc/passwd.pdf', 'passwd.pdf'],
    ['..\\..\\windows\\scan.pdf', 'scan.pdf'],
    ['/etc/scan.pdf', 'scan.pdf'],
    ['Паспорт, стр. 2.pdf', 'Паспорт, стр. 2.pdf'],
    ['contract\u200B\u2066.pdf', 'contract.pdf'],
    [`${long}.pdf`, `${'Ж'.repeat(125)}.pdf`],
  ])('«%s» is kept as «%s»', async (given, kept) => {
    const uploaded = await visits.uploadNamed(given, pdf());
    expect(uploaded.json()).toMatchObject({ name: kept });
    expect(filesOnDisk().join()).not.toMatch(/pdf|passwd/);
  });

  it('in an old encoding does no harm', async () => {
    const cp1251 = Buffer.from([0xcf, 0xe0, 0xf1, 0xef, 0xee, 0xf0, 0xf2]);
    const uploaded = await visits.uploadNamed(Buffer.concat([cp1251, Buffer.from('.pdf')]), pdf());
    expect(uploaded.statusCode).toBe(201);
    expect(uploaded.json<{ name: string }>().name).toMatch(/\.pdf$/);
  });

  it('stands in one header among few', async () => {
    const many = Array.from({ length: 5000 }, (_, at) => `X-Header-${at}: x`);
    const uploaded = await visits.uploadNamed('scan.pdf', pdf(), many);
    expect(uploaded.statusCode).toBeLessThan(500);
  });
});

describe('a connection', () => {
  let port: number;
  beforeAll(async () => {
    await visits.app.nest.listen(0, '127.0.0.1');
    ({ port } = visits.app.nest.getHttpServer().address() as AddressInfo);
  });

  /** Writes the head of an upload that promises so many bytes. */
  async function begin(length: number | 'chunked'): Promise<Socket> {
    const body = length === 'chunked' ? { 'transfer-encoding': length } : { 'content-length': String(length) };
    const headers = { ...(await visits.uploadHeaders(MULTIPART)), host: 'localhost', ...body };
    const socket = connect(port, '127.0.0.1');
    socket.on('error', () => undefined);
    const lines = Object.entries(headers).map(([name, value]) => `${name}: ${value}`);
    socket.write(`POST /files HTTP/1.1\r\n${lines.join('\r\n')}\r\n\r\n`);
    return socket;
  }

  const answerOf = (socket: Socket) =>
    new Promise<string>((resolve) => socket.once('data', (words: Buffer) => resolve(words.toString())));

  const closed = (socket: Socket) => new Promise<void>((resolve) => socket.once('close', () => resolve()));

  it('that breaks off leaves nothing behind', async () => {
    const before = filesOnDisk();
    const body = partOf('скан.jpg', Buffer.concat([jpeg(), Buffer.alloc(1_000_000)]));
    const socket = await begin(body.length);
    socket.write(body.subarray(0, 500_000));
    await eventually('the upload is being written', () => filesOnDisk().length > before.length);
    socket.destroy();
    await eventually('nothing is left of it', () => filesOnDisk().length === before.length);
    expect(filesOnDisk()).toEqual(before);
  });

  it('that promises fewer bytes than it sends is refused, and nothing is kept', async () => {
    const before = await stored();
    const body = partOf('скан.jpg', jpeg());
    const socket = await begin(body.length - 50);
    const answer = answerOf(socket);
    socket.write(body);
    expect(await answer).toMatch(/^HTTP\/1\.1 4\d\d /);
    socket.destroy();
    expect(await stored()).toEqual(before);
  });

  it('that promises more than a form may have is refused at once', async () => {
    const socket = await begin(1024 * 1024 * 1024);
    expect(await answerOf(socket)).toMatch(/^HTTP\/1\.1 413 [\s\S]*platform\.body-too-large/);
    await closed(socket);
  });

  it('that never ends is cut off', async () => {
    const before = filesOnDisk();
    const socket = await begin('chunked');
    const chunk = Buffer.alloc(1024 * 1024, 0x20);
    const piece = Buffer.concat([Buffer.from(`${chunk.length.toString(16)}\r\n`), chunk, Buffer.from('\r\n')]);
    const head = partOf('скан.jpg', jpeg()).subarray(0, 150);
    socket.write(Buffer.concat([Buffer.from(`${head.length.toString(16)}\r\n`), head, Buffer.from('\r\n')]));
    const sendOn = () => void (socket.writable && socket.write(piece, () => setImmediate(sendOn)));
    sendOn();
    await closed(socket);
    expect(socket.bytesWritten).toBeLessThan(60 * 1024 * 1024);
    await eventually('nothing is left of it', () => filesOnDisk().length === before.length);
  });
});
