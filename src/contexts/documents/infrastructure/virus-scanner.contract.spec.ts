import { type AddressInfo, createServer, type Server, type Socket } from 'node:net';
import { EICAR, hasClamd, startClamd } from '../../../../test/support/clamd.js';
import { jpeg, streamOf, zip } from '../../../../test/support/sample-files.js';
import { InfectedFile, ScannerUnavailable } from '../domain/stored-file.errors.js';
import { AbsentVirusScanner, ClamdVirusScanner } from './clamd-virus-scanner.js';

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

interface Daemon {
  readonly url: string;
  stop(): Promise<void>;
}

/** Every daemon that is asked by the protocol of clamd answers so; gives back how to have it scan something. */
function answersAsClamd(start: () => Promise<Daemon>) {
  let daemon: Daemon;
  beforeAll(async () => {
    daemon = await start();
  }, 60_000);
  afterAll(() => daemon.stop());
  const scan = (bytes: Buffer, size?: number) => new ClamdVirusScanner(daemon.url).scan(streamOf(bytes, size));

  it('finds a clean file clean, however long', async () => {
    expect(await scan(Buffer.from('clean'))).toBe('CLEAN');
    expect(await scan(Buffer.alloc(3_145_728))).toBe('CLEAN');
    expect(await scan(jpeg())).toBe('CLEAN');
  });

  it('finds the test virus, also across chunks', async () => {
    await expect(scan(Buffer.from(EICAR))).rejects.toThrow(InfectedFile);
    await expect(scan(Buffer.from(EICAR), 7)).rejects.toThrow(InfectedFile);
  });

  it('answers many at once, each for itself', async () => {
    const files = Array.from({ length: 20 }, (_, at) => Buffer.from(at % 2 === 0 ? 'clean' : EICAR));
    const outcomes = await Promise.allSettled(files.map((file) => scan(file)));
    expect(outcomes.map(({ status }) => status)).toEqual(files.map((_, at) => (at % 2 === 0 ? 'fulfilled' : 'rejected')));
  });

  return scan;
}

const stopServer = (server: Server) => new Promise<void>((resolve) => server.close(() => resolve()));

describe('a server that speaks the protocol of clamd', () => {
  answersAsClamd(async () => {
    const server = await clamd(answer);
    return {
      url: `tcp://127.0.0.1:${(server.address() as AddressInfo).port}`,
      stop: () => stopServer(server),
    };
  });
});

const onClamd = hasClamd ? describe : describe.skip;
onClamd('ClamAV’s clamd', () => {
  const scan = answersAsClamd(startClamd);

  it('finds the test virus inside of a document', async () => {
    const document = await zip([['word/document.xml', `${' '.repeat(5000)}${EICAR}`]]);
    await expect(scan(document)).rejects.toThrow(InfectedFile);
  });
});

describe('clamd', () => {
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
