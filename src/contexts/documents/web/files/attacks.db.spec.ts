import { existsSync, readdirSync, statSync } from 'node:fs';
import { type AddressInfo, connect, type Socket } from 'node:net';
import { join } from 'node:path';
import { ATTACKS, STRANGE_NAMES } from '../../../../../test/support/attacks.js';
import { DocumentsVisits, MULTIPART, partOf } from '../../../../../test/support/documents-visits.js';
import { eventually } from '../../../../../test/support/eventually.js';
import { jpeg, pdf } from '../../../../../test/support/sample-files.js';
import { Config } from '../../../../platform/config/config.js';

const visits = DocumentsVisits.beforeEachTest();

const filesOnDisk = (): string[] => {
  const root = join(visits.app.nest.get<Config>(Config).dataDir, 'files');
  if (!existsSync(root)) return [];
  return readdirSync(root, { recursive: true, encoding: 'utf8' }).filter((name) => statSync(join(root, name)).isFile());
};
const stored = async () => [...filesOnDisk(), ...(await visits.app.sql.query('select id from documents.stored_file'))];

describe('an attack', () => {
  it.each(Object.entries(ATTACKS))('by %s is refused with words, and nothing is kept', async (_what, attack) => {
    const { name, content, status, code } = attack;
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
  it.each(STRANGE_NAMES)('«%s» is kept as «%s»', async (given, kept) => {
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

  it('that breaks off leaves nothing behind, in memory or on the disk', async () => {
    const before = filesOnDisk();
    const body = partOf('скан.jpg', Buffer.concat([jpeg(), Buffer.alloc(1_000_000)]));
    const sockets = await Promise.all(Array.from({ length: 8 }, () => begin(body.length)));
    for (const socket of sockets) socket.write(body.subarray(0, 500_000));
    await eventually('those without a place in memory are being written', () => filesOnDisk().length > before.length);
    for (const socket of sockets) socket.destroy();
    await eventually('nothing is left of them', () => filesOnDisk().length === before.length);
    expect(filesOnDisk()).toEqual(before);
    // As many again: the places have come back.
    const whole = await Promise.all(Array.from({ length: 8 }, () => visits.upload('скан.jpg', jpeg())));
    expect(whole.map(({ statusCode }) => statusCode)).toEqual(Array.from({ length: 8 }, () => 201));
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
