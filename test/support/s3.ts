import { type ChildProcess, fork } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type S3Settings } from '../../src/platform/config/file-places.js';
import { freePorts } from './free-ports.js';

export interface S3Server {
  readonly settings: S3Settings;
  /** The same as variables. */
  readonly variables: Readonly<Record<string, string>>;
  /** `kill -9`; what was stored stays. */
  kill(): Promise<void>;
  /** Again on the same port and folder. */
  restart(): Promise<void>;
  /** Ends it; what was stored is gone. */
  remove(): Promise<void>;
}

/** An S3 server of this spec alone, with an empty bucket; it checks signatures. */
export async function startS3(): Promise<S3Server> {
  const [port] = await freePorts(1);
  const folder = mkdtempSync(join(tmpdir(), 'lk-s3-'));
  const bucket = 'lk-files';
  const run = () => startServer([folder, String(port), bucket]);
  let server = await run();
  const kill = () =>
    new Promise<void>((ended) => {
      if (server.exitCode !== null || server.signalCode !== null) return ended();
      server.once('exit', () => ended());
      server.kill('SIGKILL');
    });
  const keys = { accessKeyId: 'S3RVER', secretAccessKey: 'S3RVER' };
  const settings = { endpoint: `http://127.0.0.1:${port}`, region: 'us-east-1', bucket, ...keys, forcePathStyle: true };
  return {
    settings,
    variables: {
      S3_ENDPOINT: settings.endpoint,
      S3_REGION: settings.region,
      S3_BUCKET: bucket,
      S3_ACCESS_KEY_ID: keys.accessKeyId,
      S3_SECRET_ACCESS_KEY: keys.secretAccessKey,
    },
    kill,
    restart: async () => {
      await kill();
      server = await run();
    },
    remove: async () => {
      await kill();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

function startServer(args: readonly string[]): Promise<ChildProcess> {
  return new Promise((started, failed) => {
    const child = fork(join(import.meta.dirname, 's3-server.js'), args, {
      execArgv: ['--openssl-legacy-provider'],
      stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
    });
    child.once('exit', (code, signal) => failed(new Error(`The S3 server ended with ${signal ?? code}`)));
    child.once('message', () => started(child));
  });
}
