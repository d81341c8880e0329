import { type AddressInfo, createServer, type Server, type Socket } from 'node:net';
import { streamOf } from '../../../../test/support/sample-files.js';
import { InfectedFile, ScannerUnavailable } from '../domain/stored-file.errors.js';
import { AbsentVirusScanner, ClamdVirusScanner } from './clamd-virus-scanner.js';

const EICAR = 'X5O!P%@AP[4\\PZX54(P^)7CC)7}$EICAR-STANDARD-ANTIVIRUS-TEST-FILE!$H+H*';

/** Speaks clamd's protocol: reads INSTREAM with its chunks to the end and finds the test virus. */
function clamd(onContent: (content: Buffer, socket: Socket) => void): Promise<Server> {
  const server = createServer((socket) => {
    let received = Buffer.alloc(0);
    socket.on('error', () => undefined);
    socket.on('data', (chunk: Buffer) => {
      received = Buffer.concat([received, chunk]);
      const content = contentIn(received);
      if (content) onContent(content, socket);
    });
  });
  return new Promise((resolve) => server.listen(0, '127.0.0.1', () => resolve(server)));
}

/** Null until the empty chunk has come. */
function contentIn(received: Buffer): Buffer | null {
  const command = 'zINSTREAM\0';
  if (received.toString('latin1', 0, command.length) !== command) return null;
  const chunks: Buffer[] = [];
  for (let at = command.length; at + 4 <= received.length;) {
    const length = received.readUInt32BE(at);
    if (length === 0) return Buffer.concat(chunks);
    chunks.push(received.subarray(at + 4, at + 4 + length));
    at += 4 + length;
  }
  return null;
}

const answer = (content: Buffer, socket: Socket) =>
  socket.end(content.includes(EICAR) ? 'stream: Eicar-Test-Signature FOUND\0' : 'stream: OK\0');

const servers: Server[] = [];
const scannerOf = async (onContent: (content: Buffer, socket: Socket) => void) => {
  const server = await clamd(onContent);
  servers.push(server);
  return new ClamdVirusScanner(`tcp://127.0.0.1:${(server.address() as AddressInfo).port}`);
};
afterAll(() => Promise.all(servers.map((server) => new Promise((resolve) => server.close(resolve)))));

describe('clamd', () => {
  it('finds a clean file clean, however long', async () => {
    const lengths: number[] = [];
    const scanner = await scannerOf((content, socket) => {
      lengths.push(content.length);
      answer(content, socket);
    });
    expect(await scanner.scan(streamOf(Buffer.from('clean')))).toBe('CLEAN');
    expect(await scanner.scan(streamOf(Buffer.alloc(3_145_728)))).toBe('CLEAN');
    expect(lengths).toEqual([5, 3_145_728]);
  });

  it('finds the test virus, also across chunks', async () => {
    const scanner = await scannerOf(answer);
    await expect(scanner.scan(streamOf(Buffer.from(EICAR), 7))).rejects.toThrow(InfectedFile);
  });

  it.each([
    ['answers with an error', (_: Buffer, socket: Socket) => void socket.end('INSTREAM size limit exceeded. ERROR\0')],
    ['hangs up', (_: Buffer, socket: Socket) => void socket.end()],
    ['breaks the line', (_: Buffer, socket: Socket) => void socket.resetAndDestroy()],
  ])('gives no verdict when it %s', async (_case, behaviour) => {
    const scanner = await scannerOf(behaviour);
    await expect(scanner.scan(streamOf(Buffer.from('x')))).rejects.toThrow(ScannerUnavailable);
  });

  it('gives no verdict when nobody listens', async () => {
    const server = await clamd(answer);
    const { port } = server.address() as AddressInfo;
    await new Promise((resolve) => server.close(resolve));
    await expect(new ClamdVirusScanner(`tcp://127.0.0.1:${port}`).scan(streamOf(Buffer.from('x')))).rejects.toThrow(
      ScannerUnavailable,
    );
  });
});

describe('no scanner', () => {
  it('says so honestly', async () => expect(await new AbsentVirusScanner().scan()).toBe('NOT_SCANNED'));
});
