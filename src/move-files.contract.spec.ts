import { type ChildProcess, spawn } from 'node:child_process';
import { randomBytes, randomUUID } from 'node:crypto';
import { type FSWatcher, mkdirSync, readdirSync, rmSync, watch } from 'node:fs';
import { join, resolve } from 'node:path';
import pg from 'pg';
import { type S3Server, startS3 } from '../test/support/s3.js';
import { bytesOf, streamOf } from '../test/support/sample-files.js';
import { temporaryFolder } from '../test/support/temporary-folder.js';
import { testVariables } from '../test/support/test-config.js';
import { type FileStorage } from './contexts/documents/application/ports/file-storage.js';
import { openFileStorage, storageAt } from './contexts/documents/infrastructure/file-storages.js';
import { Config } from './platform/config/config.js';
import { KEY_ROTATION_LOCK } from './platform/persistence/advisory-locks.js';
import { KeyRing } from './platform/security/key-ring.js';

const DIST = resolve(import.meta.dirname, '../dist');
const FILES = 300;
/** Programs start slowly on a machine that has much to do. */
const PATIENCE_MS = 60_000;
const NO_S3 = { S3_ENDPOINT: '', S3_REGION: '', S3_BUCKET: '', S3_ACCESS_KEY_ID: '', S3_SECRET_ACCESS_KEY: '' };

interface Ended {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
  readonly output: string;
}

let s3: S3Server;
let dataDir: string;
beforeEach(async () => {
  s3 = await startS3();
  dataDir = temporaryFolder('lk-move-');
  mkdirSync(join(dataDir, 'files'));
}, PATIENCE_MS);
afterEach(async () => {
  await s3.remove();
  rmSync(dataDir, { recursive: true, force: true });
});

const variablesWith = (changes: Readonly<Record<string, string>>) =>
  testVariables(process.env['TEST_DATABASE_URL'] ?? '', { ...s3.variables, DATA_DIR: dataDir, ...changes });

/** `program` of the build, and what came of it; `onStart` has its process. */
function run(program: string, changes: Readonly<Record<string, string>>, onStart?: (child: ChildProcess) => void): Promise<Ended> {
  const child = spawn(process.execPath, [join(DIST, program)], { env: { PATH: process.env['PATH'], ...variablesWith(changes) } });
  onStart?.(child);
  let output = '';
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (words: Buffer) => (output += words.toString()));
  return new Promise((ended) => child.once('close', (code, signal) => ended({ code, signal, output })));
}

/** Sends the signal once that many things have happened in the folder of files. */
function endAfter(changes: number, signal: NodeJS.Signals) {
  return (child: ChildProcess) => {
    let seen = 0;
    const watcher: FSWatcher = watch(join(dataDir, 'files'), { recursive: true }, () => {
      if ((seen += 1) < changes) return;
      child.kill(signal);
      watcher.close();
    });
    child.once('exit', () => watcher.close());
  };
}

const configOf = (changes: Readonly<Record<string, string>>) => Config.from(variablesWith(changes));
const product = (changes: Readonly<Record<string, string>>) => {
  const config = configOf(changes);
  return openFileStorage(config, new KeyRing(config.dataKeys));
};

async function fill(storage: FileStorage, files = FILES): Promise<Map<string, Buffer>> {
  const contents = new Map(Array.from({ length: files }, () => [randomUUID() as string, randomBytes(20_000)]));
  await Promise.all([...contents].map(([key, bytes]) => storage.put(key, streamOf(bytes))));
  return contents;
}

async function countIn(place: 'folder' | 's3'): Promise<number> {
  let count = 0;
  for await (const _key of storageAt(place, configOf({})).keysWrittenBefore(new Date(Date.now() + 60_000))) count += 1;
  return count;
}

/** What a product would show: everything, again and again until told to stop. Answers how many were read, and which were wrong. */
function readAllTheTime(storage: FileStorage, contents: ReadonlyMap<string, Buffer>) {
  let stopped = false;
  const reading = (async () => {
    const wrong: string[] = [];
    let read = 0;
    while (!stopped)
      for (const [key, bytes] of contents) {
        const content = await storage.read(key);
        if (!content || !(await bytesOf(content)).equals(bytes)) wrong.push(key);
        read += 1;
      }
    return { wrong, read };
  })();
  return () => {
    stopped = true;
    return reading;
  };
}

const DIRECTIONS = [
  ['folder', 's3', { FILES_MOVING_FROM: 'folder' }],
  ['s3', 'folder', { FILES_IN: 'folder', FILES_MOVING_FROM: 's3' }],
] as const;

describe.each(DIRECTIONS)('npm run files:move from %s to %s', (from, to, moving) => {
  it('is killed again and again, loses nothing, and comes to its end while the product reads', async () => {
    const contents = await fill(product({ FILES_IN: from }));
    const stopReading = readAllTheTime(product(moving), contents);
    const killed: Ended[] = [];
    for (const changes of [1, 20, 100]) killed.push(await run('move-files.js', moving, endAfter(changes, 'SIGKILL')));
    expect(killed.map(({ signal }) => signal)).toEqual(['SIGKILL', 'SIGKILL', 'SIGKILL']);
    expect(await countIn(from)).toBeGreaterThan(0);
    expect(await countIn(to)).toBeGreaterThan(0);

    const last = await run('move-files.js', moving);
    expect(last.output).toMatch(new RegExp(`Moved \\d+ files, \\d+\\.\\d MB\\.\nAll files are in ${to}\\.`));
    expect(last.code).toBe(0);
    const { wrong, read } = await stopReading();
    expect(wrong).toEqual([]);
    expect(read).toBeGreaterThan(FILES);
    expect([await countIn(from), await countIn(to)]).toEqual([0, FILES]);
    const after = product({ FILES_IN: to });
    for (const [key, bytes] of contents) expect((await bytesOf((await after.read(key))!)).equals(bytes)).toBe(true);
  }, PATIENCE_MS);
});

describe('npm run files:move', () => {
  it('says that nothing is lost when it is interrupted', async () => {
    await fill(product({ FILES_IN: 'folder' }));
    const { code, output } = await run('move-files.js', { FILES_MOVING_FROM: 'folder' }, endAfter(1, 'SIGINT'));
    expect(code).toBe(130);
    expect(output).toMatch(/Moving files from folder to s3\n/);
    expect(output).toMatch(/Stopped\. Nothing is lost; run the command again to go on\.\n$/);
    expect((await countIn('folder')) + (await countIn('s3'))).toBeGreaterThanOrEqual(FILES);
  }, PATIENCE_MS);

  it.each([
    ['where to move from is not said', {}, /^It is not said where to move files from: .* Set FILES_MOVING_FROM=folder, start/],
    ['the bucket is to be left and that is not said', { FILES_IN: 'folder' }, /Set FILES_MOVING_FROM=s3 and FILES_IN=folder, start/],
    ['there is no bucket', NO_S3, /Set S3_\* and FILES_MOVING_FROM=folder, start/],
    ['the secret is wrong', { FILES_MOVING_FROM: 'folder', S3_SECRET_ACCESS_KEY: 'no' }, /- S3_SECRET_ACCESS_KEY does not belong to/],
    ['there is no such bucket', { FILES_MOVING_FROM: 'folder', S3_BUCKET: 'none' }, /- S3_BUCKET: there is no bucket "none"/],
    ['nobody answers', { FILES_MOVING_FROM: 'folder', S3_ENDPOINT: 'http://127.0.0.1:9' }, /^A storage does not answer .*Nothing is lost/m],
  ])('says what to set when %s', async (_case, variables: Readonly<Record<string, string>>, words) => {
    const { code, output } = await run('move-files.js', variables);
    expect(output).toMatch(words);
    expect(code).toBe(1);
  }, PATIENCE_MS);
});

describe('npm run files:move beside a rotation of keys', () => {
  it('does not begin, because it could bring back what is just replaced', async () => {
    await fill(product({ FILES_IN: 'folder' }), 3);
    const rotation = new pg.Client({ connectionString: process.env['TEST_DATABASE_URL'] });
    await rotation.connect();
    await rotation.query('select pg_advisory_lock_shared($1)', [KEY_ROTATION_LOCK]);
    const refused = await run('move-files.js', { FILES_MOVING_FROM: 'folder' });
    await rotation.end();
    expect([refused.code, refused.output]).toEqual([1, expect.stringMatching(/^Keys are being rotated/)]);
    expect([await countIn('folder'), await countIn('s3')]).toEqual([3, 0]);
    expect((await run('move-files.js', { FILES_MOVING_FROM: 'folder' })).code).toBe(0);
  }, PATIENCE_MS);
});

describe('The portal', () => {
  it('does not start with settings that the bucket refuses, and says which', async () => {
    const { code, output } = await run('main.js', { S3_SECRET_ACCESS_KEY: 'no' });
    expect(output).toMatch(/^The environment is not complete:\n {2}- S3_SECRET_ACCESS_KEY does not belong to S3_ACCESS_KEY_ID .*\n$/);
    expect(code).toBe(1);
    expect(readdirSync(dataDir)).toEqual(['files']);
  }, PATIENCE_MS);

  it.each([
    ['says that files were left behind in the folder', {}, true],
    ['says nothing of them while they are moved', { FILES_MOVING_FROM: 'folder' }, false],
  ])('%s', async (_case, settings, isTold) => {
    await product({ FILES_IN: 'folder' }).put(randomUUID(), streamOf(Buffer.from('x')));
    // Its database is away, so that the start ends by itself.
    const { output } = await run('main.js', { ...settings, DATABASE_URL: 'postgres://lk@127.0.0.1:9/lk' });
    expect(output.includes('Set FILES_MOVING_FROM=folder and move them')).toBe(isTold);
    expect(output).toContain('127.0.0.1:9');
  }, PATIENCE_MS);
});
