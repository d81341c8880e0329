import { type ChildProcess, spawn } from 'node:child_process';
import { rmSync } from 'node:fs';
import { resolve } from 'node:path';
import { freePorts } from './free-ports.js';
import { temporaryFolder } from './temporary-folder.js';

const ROOT = resolve(import.meta.dirname, '../..');
const PORT_VARIABLES = ['PORT', 'ESIA_PORT', 'BANK_PORT', 'GIBDD_PORT', 'INBOX_PORT', 'CENTRE_PORT', 'SMPP_PORT', 'SMTP_PORT'] as const;

/** The last words of the welcome. */
const READY = 'Ctrl-C stops everything';

export interface Product {
  /** Everything the terminal showed so far. */
  readonly output: () => string;
  readonly portal: string;
  readonly esia: string;
  readonly bank: string;
  readonly gibdd: string;
  readonly inbox: string;
  /** The sample certification centre. */
  readonly centre: string;
  readonly dataDir: string;
  /** Ctrl-C, and the exit code. */
  stop(): Promise<number | null>;
  /** `kill -9` of the terminal's program: what it started has to end by itself. */
  kill(): Promise<void>;
  /** Ctrl-C and the data is gone. */
  remove(): Promise<void>;
}

/** Starts the built product as `npm start` does, on free ports and an empty data folder, and waits for its welcome. */
export async function startProduct(options: { readonly environment?: Readonly<Record<string, string>>; readonly dataDir?: string } = {}): Promise<Product> {
  const ports = await freePorts(PORT_VARIABLES.length);
  const dataDir = options.dataDir ?? temporaryFolder('lk-product-');
  const portOf = (name: (typeof PORT_VARIABLES)[number]) => ports[PORT_VARIABLES.indexOf(name)];
  const environment = Object.fromEntries(PORT_VARIABLES.map((name) => [name, String(portOf(name))]));
  const { TEST_DATABASE_URL: _unused, ...inherited } = process.env;
  const child: ChildProcess = spawn(process.execPath, ['dist/start.js'], {
    cwd: ROOT,
    env: { ...inherited, NODE_ENV: 'production', ...environment, DATA_DIR: dataDir, ...options.environment },
    stdio: ['ignore', 'pipe', 'pipe'],
    detached: true,
  });
  let output = '';
  const exited = new Promise<number | null>((ended) => child.once('exit', ended));
  await new Promise<void>((ready, failed) => {
    const read = (words: Buffer) => {
      output += words.toString();
      if (output.includes(READY)) ready();
    };
    child.stdout?.on('data', read);
    child.stderr?.on('data', read);
    void exited.then((code) => {
      if (!options.dataDir && !output.includes(READY)) rmSync(dataDir, { recursive: true, force: true });
      failed(new Error(`The product stopped with ${code ?? 'a signal'}:\n${output}`));
    });
  });
  const stop = async () => {
    child.kill('SIGINT');
    return exited;
  };
  return {
    output: () => output,
    portal: `http://localhost:${portOf('PORT')}`,
    esia: `http://localhost:${portOf('ESIA_PORT')}`,
    bank: `http://localhost:${portOf('BANK_PORT')}`,
    gibdd: `http://localhost:${portOf('GIBDD_PORT')}`,
    inbox: `http://localhost:${portOf('INBOX_PORT')}`,
    centre: `http://localhost:${portOf('CENTRE_PORT')}`,
    dataDir,
    stop,
    kill: async () => {
      child.kill('SIGKILL');
      await exited;
    },
    remove: async () => {
      await stop();
      rmSync(dataDir, { recursive: true, force: true });
    },
  };
}
