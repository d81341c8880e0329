import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import { VirusScanner } from '../application/ports/virus-scanner.js';
import { InfectedFile, ScannerUnavailable } from '../domain/stored-file.errors.js';

const TIMEOUT_MS = 15_000;

/** ClamAV's daemon, command INSTREAM: chunks with their length before them, an empty one at the end, one line in answer. */
export class ClamdVirusScanner extends VirusScanner {
  private readonly host: string;
  private readonly port: number;

  /** `address` is `tcp://host:3310`. */
  constructor(address: string) {
    super();
    const { hostname, port } = new URL(address);
    this.host = hostname;
    this.port = Number(port || 3310);
  }

  override async scan(content: AsyncIterable<Uint8Array>): Promise<'CLEAN' | 'NOT_SCANNED'> {
    const answer = await this.ask(content);
    if (answer === 'stream: OK') return 'CLEAN';
    if (/^stream: .+ FOUND$/.test(answer)) throw new InfectedFile();
    throw new ScannerUnavailable();
  }

  private async ask(content: AsyncIterable<Uint8Array>): Promise<string> {
    const socket = connect({ host: this.host, port: this.port, signal: AbortSignal.timeout(TIMEOUT_MS) });
    try {
      const answer = answerOf(socket);
      await Promise.race([send(socket, content), answer]); // clamd answers early when it has had enough
      return await answer;
    } catch (error) {
      throw Object.assign(new ScannerUnavailable(), { cause: error });
    } finally {
      socket.destroy();
    }
  }
}

/** No scanner is set up: files are kept with the mark that nobody has scanned them. */
export class AbsentVirusScanner extends VirusScanner {
  override scan(): Promise<'NOT_SCANNED'> {
    return Promise.resolve('NOT_SCANNED');
  }
}

async function send(socket: Socket, content: AsyncIterable<Uint8Array>): Promise<void> {
  await once(socket, 'connect');
  socket.write('zINSTREAM\0');
  for await (const chunk of content) {
    socket.write(lengthOf(chunk.byteLength));
    if (!socket.write(chunk)) await once(socket, 'drain');
  }
  socket.write(lengthOf(0));
}

function lengthOf(bytes: number): Buffer {
  const length = Buffer.alloc(4);
  length.writeUInt32BE(bytes);
  return length;
}

function answerOf(socket: Socket): Promise<string> {
  return new Promise((resolve, reject) => {
    let answer = '';
    socket.on('data', (chunk: Buffer) => (answer += chunk.toString('utf8')));
    socket.on('close', () => resolve(answer.replace(/\0$/, '').trim()));
    socket.on('error', reject);
  });
}
