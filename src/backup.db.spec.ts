import { createHash, randomBytes, randomUUID } from 'node:crypto';
import { appendFileSync, cpSync, existsSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import pg from 'pg';
import { type Outcome, killWhen, runCommand } from '../test/support/commands.js';
import { documentsApp, PASSPORT } from '../test/support/documents-app.js';
import { startS3 } from '../test/support/s3.js';
import { bytesOf, pdf, streamOf } from '../test/support/sample-files.js';
import { type TestApp } from '../test/support/test-app.js';
import { testVariables } from '../test/support/test-config.js';
import { bareDatabase, ownedDatabase, type TestDatabase } from '../test/support/test-database.js';
import { temporaryFolder } from '../test/support/temporary-folder.js';
import { AddPersonalDocument } from './contexts/documents/application/add-personal-document.js';
import { FileContentQuery, StoreFile } from './contexts/documents/public.js';
import { type Manifest } from './platform/backup/manifest.js';
import { Config } from './platform/config/config.js';
import { EventQueue } from './platform/queue/event-queue.js';

const FILES = 60;
/** Each test runs several programs. */
const LIMIT_MS = 120_000;

let source: TestApp;
let folder: string;
let owner: string;
let documentId: string;
const contents = new Map<string, Buffer>();
const databases: TestDatabase[] = [];

beforeAll(async () => {
  source = await documentsApp();
  folder = temporaryFolder('lk-backup-');
  owner = randomUUID();
  for (let number = 0; number < FILES; number++) {
    const bytes = Buffer.concat([pdf(), Buffer.from(`\n% ${number} ${randomBytes(20_000).toString('hex')}\n%%EOF\n`)]);
    const { fileId } = await source.execute(new StoreFile(owner, `Скан ${number}.pdf`, streamOf(bytes)));
    contents.set(fileId, bytes);
  }
  documentId = await source.execute(new AddPersonalDocument(owner, 'RF_PASSPORT', PASSPORT, [...contents.keys()].slice(0, 2)));
  await source.get(EventQueue).add([{ reaction: 'nobody', event: { id: randomUUID(), type: 'test.waits.v1', payload: {}, occurredAt: new Date().toISOString() } }]);
}, LIMIT_MS);
afterAll(async () => {
  await source.close();
  for (const database of databases) await database.drop();
  rmSync(folder, { recursive: true, force: true });
}, LIMIT_MS);

const environmentOf = ({ databaseUrl, dataDir }: Pick<Config, 'databaseUrl' | 'dataDir'>, changes: Readonly<Record<string, string>> = {}) =>
  testVariables(databaseUrl, { DATA_DIR: dataDir, ...changes });
const place = (name: string): string => join(folder, name);
const back = (target: string, ...options: string[]): Promise<Outcome> => runCommand('backup.js', [target, ...options], environmentOf(source.nest.get(Config)));
const manifestIn = (backup: string) => JSON.parse(readFileSync(join(backup, 'manifest.json'), 'utf8')) as Manifest;
const storedIn = (backup: string): string[] => readFileSync(join(backup, 'SHA256SUMS'), 'utf8').split('\n').filter((line) => line.includes('  files/')).sort();

/** An installation with nothing in it. */
async function nothing(make = bareDatabase): Promise<Pick<Config, 'databaseUrl' | 'dataDir'>> {
  const database = await make();
  databases.push(database);
  const dataDir = join(folder, randomUUID());
  mkdirSync(dataDir);
  return { databaseUrl: database.url, dataDir };
}

const restore = (from: string, into: Pick<Config, 'databaseUrl' | 'dataDir'>, changes: Readonly<Record<string, string>> = {}) =>
  runCommand('restore.js', [from], environmentOf(into, changes));

const isUntouched = async ({ databaseUrl, dataDir }: Pick<Config, 'databaseUrl' | 'dataDir'>) => {
  const client = new pg.Client({ connectionString: databaseUrl });
  await client.connect();
  const { rows } = await client.query("select nspname from pg_namespace where nspname not like 'pg\\_%' and nspname not in ('public', 'information_schema')");
  await client.end();
  return rows.length === 0 && readdirSync(dataDir).length === 0;
};

const documentsAppOn = ({ databaseUrl, dataDir }: Pick<Config, 'databaseUrl' | 'dataDir'>) => documentsApp({ DATABASE_URL: databaseUrl, DATA_DIR: dataDir });

describe('Backup and restore', () => {
  let backup: string;
  beforeAll(async () => {
    backup = place('whole');
    const outcome = await back(backup);
    if (outcome.code !== 0) throw new Error(outcome.output);
    expect(outcome.output).toContain('The keys are not in it');
  }, LIMIT_MS);

  it('bring back every row and every byte, and what was on its way', async () => {
    const installation = await nothing();
    const outcome = await restore(backup, installation);
    expect(outcome).toEqual({ code: 0, output: expect.stringMatching(new RegExp(`and ${FILES} files`)) });

    const again = place('again');
    expect(await runCommand('backup.js', [again], environmentOf(installation))).toMatchObject({ code: 0 });
    const [before, after] = [manifestIn(backup), manifestIn(again)];
    expect(after.tables).toEqual(before.tables);
    expect(after.sequences).toEqual(before.sequences);
    expect(after).toMatchObject({ migrations: before.migrations, keys: before.keys, files: before.files });
    expect(storedIn(again)).toEqual(storedIn(backup));
    expect(before.tables.find(({ name }) => name === 'documents.stored_file')?.rows).toBe(FILES);
    expect(after.queues).toEqual({ in: 'postgres', waiting: 1 });

    const restored = await documentsAppOn(installation);
    for (const [fileId, bytes] of contents) {
      const file = await restored.ask(new FileContentQuery(fileId));
      expect((await bytesOf(file!.content)).equals(bytes)).toBe(true);
    }
    expect(await restored.sql.query('select id from documents.personal_document')).toEqual([{ id: documentId }]);
    expect(await restored.get(EventQueue).counts()).toMatchObject({ waiting: 1 });
    await restored.nest.close();
  }, LIMIT_MS);

  it('need no more rights than those of the owner of a database', async () => {
    const installation = await nothing(ownedDatabase);
    expect(await restore(backup, installation)).toMatchObject({ code: 0 });
    const app = await documentsAppOn(installation);
    // What was taken away for the time of loading is in its place again.
    await expect(app.sql.query('delete from documents.access_record')).rejects.toThrow('append-only');
    await expect(
      app.sql.query("insert into documents.file_hold (file_id, holder) values (gen_random_uuid(), 'nobody')"),
    ).rejects.toThrow('foreign key');
    await app.nest.close();
  }, LIMIT_MS);

  it('bring files from a folder into a bucket, and back', async () => {
    const s3 = await startS3();
    const inBucket = await nothing();
    expect(await restore(backup, inBucket, s3.variables)).toMatchObject({ code: 0 });
    expect(existsSync(join(inBucket.dataDir, 'files'))).toBe(false);
    const fromBucket = place('from-bucket');
    expect(await runCommand('backup.js', [fromBucket], environmentOf(inBucket, s3.variables))).toMatchObject({ code: 0 });
    expect(storedIn(fromBucket)).toEqual(storedIn(backup));
    await s3.remove();
  }, LIMIT_MS);

  it('tell of files that the storage has lost, and bring back the others', async () => {
    const installation = await nothing();
    expect(await restore(backup, installation)).toMatchObject({ code: 0 });
    const lost = storedIn(backup)[0]!.slice(66);
    rmSync(join(installation.dataDir, lost));
    const rest = place('rest');
    expect(await runCommand('backup.js', [rest], environmentOf(installation))).toMatchObject({ code: 0, output: expect.stringContaining('NOT SAVED, because the storage does not have them: 1 files') });
    expect(manifestIn(rest).files).toMatchObject({ count: FILES - 1, missing: [lost.split('/').at(-1)] });
    expect(await restore(rest, await nothing())).toMatchObject({ code: 0, output: expect.stringContaining('1 files were missing') });
  }, LIMIT_MS);

  it('see one moment while others write', async () => {
    let writing = true;
    const writer = (async () => {
      let written = 0;
      for (; writing; written++) {
        const event = randomUUID();
        await source.sql.query(
          `with event as (insert into platform.processed_event (event_id, reaction) values ($1, 'one') returning event_id)
           insert into platform.processed_event (event_id, reaction) select event_id, 'two' from event`,
          [event],
        );
        await source.execute(new StoreFile(randomUUID(), 'Ещё.pdf', streamOf(Buffer.concat([pdf(), Buffer.from(`\n% ${event}\n%%EOF\n`)]))));
      }
      return written;
    })();
    const taken = place('in-use');
    const outcome = await back(taken);
    writing = false;
    expect(await writer).toBeGreaterThan(0);
    expect(outcome).toMatchObject({ code: 0 });
    const { tables, files } = manifestIn(taken);
    expect(tables.find(({ name }) => name === 'platform.processed_event')!.rows % 2).toBe(0);
    expect(files).toEqual({ count: tables.find(({ name }) => name === 'documents.stored_file')!.rows, bytes: expect.any(Number), missing: [] });
    expect(await restore(taken, await nothing())).toMatchObject({ code: 0 });
  }, LIMIT_MS);

  it('refuse a folder with something in it, and one that cannot be written', async () => {
    mkdirSync(place('taken'));
    writeFileSync(join(place('taken'), 'mine'), '');
    expect(await back(place('taken'))).toMatchObject({ code: 1, output: expect.stringMatching(/^There is something in .*taken already\..*\n$/) });
    expect(readdirSync(place('taken'))).toEqual(['mine']);
    expect(await back('/dev/null/backup')).toMatchObject({ code: 1, output: expect.stringMatching(/^Cannot write the backup to [^\n]*\n$/) });
  }, LIMIT_MS);

  it('take the keys along only when asked, readable by their owner alone, and say so', async () => {
    expect(existsSync(join(backup, 'keys.json'))).toBe(false);
    const outcome = await back(place('with-keys'), '--with-keys');
    expect(outcome).toMatchObject({ code: 0, output: expect.stringContaining('THE KEYS ARE IN IT') });
    const file = join(place('with-keys'), 'keys.json');
    expect(statSync(file).mode & 0o777).toBe(0o600);
    expect(JSON.parse(readFileSync(file, 'utf8'))).toMatchObject({ DATA_KEYS: expect.stringMatching(/^test:/), INDEX_KEY: expect.any(String) });
  }, LIMIT_MS);

  it('leave nothing that could be restored when a backup is killed', async () => {
    const target = place('killed');
    const unfinished = () => readdirSync(folder).find((name) => name.startsWith('killed.unfinished-'));
    const killed = await runCommand('backup.js', [target], environmentOf(source.nest.get(Config)), killWhen(() => existsSync(join(folder, unfinished() ?? 'none', 'files'))));
    expect(killed.code).toBeNull();
    expect(existsSync(target)).toBe(false);
    const installation = await nothing();
    expect(await restore(join(folder, unfinished()!), installation)).toMatchObject({ code: 1, output: expect.stringContaining('not a finished backup') });
    expect(await isUntouched(installation)).toBe(true);
  }, LIMIT_MS);

  it('start a restore over that was killed, and no product before that', async () => {
    const installation = await nothing();
    const files = join(installation.dataDir, 'files');
    const killed = await runCommand('restore.js', [backup], environmentOf(installation), killWhen(() => existsSync(files)));
    expect(killed.code).toBeNull();
    expect(await runCommand('main.js', [], environmentOf(installation))).toMatchObject({ code: 1, output: expect.stringMatching(/^A backup was being restored[^\n]*\n$/) });
    expect(await restore(backup, installation)).toMatchObject({ code: 0, output: expect.stringContaining('starting over') });
    expect(await restore(backup, installation)).toMatchObject({ code: 1, output: expect.stringContaining('holds data already') });
  }, LIMIT_MS);

  it('refuse an installation that holds anything', async () => {
    expect(await restore(backup, source.nest.get(Config))).toMatchObject({ code: 1, output: expect.stringMatching(/holds data already .*npm run reset.*\n$/) });
    const installation = await nothing();
    const forgotten = join(installation.dataDir, 'files', 'ab');
    mkdirSync(forgotten, { recursive: true });
    writeFileSync(join(forgotten, `${'0'.repeat(30)}ab`), 'bytes');
    expect(await restore(backup, installation)).toMatchObject({ code: 1, output: expect.stringContaining('holds files already') });
  }, LIMIT_MS);

  it('refuse keys that do not open the backup', async () => {
    const installation = await nothing();
    const other = randomBytes(32).toString('base64');
    expect(await restore(backup, installation, { DATA_KEYS: `test:${other}` })).toMatchObject({ code: 1, output: expect.stringContaining('«test»') });
    expect(await restore(backup, installation, { INDEX_KEY: other })).toMatchObject({ code: 1, output: expect.stringContaining('INDEX_KEY is not') });
    expect(await isUntouched(installation)).toBe(true);
  }, LIMIT_MS);

  describe('of a damaged backup', () => {
    let damaged: string;
    beforeEach(() => {
      damaged = place(randomUUID());
      cpSync(backup, damaged, { recursive: true });
    });

    const refused = async (part: RegExp) => {
      const installation = await nothing();
      expect(await restore(damaged, installation)).toMatchObject({ code: 1, output: expect.stringMatching(part) });
      expect(await isUntouched(installation)).toBe(true);
    };
    const flip = (part: string) => {
      const bytes = readFileSync(join(damaged, part));
      bytes[bytes.length >> 1]! ^= 1;
      writeFileSync(join(damaged, part), bytes);
    };

    it('name a table with one wrong byte', async () => {
      flip('tables/documents.personal_document.copy.gz');
      await refused(/damaged: tables\/documents\.personal_document\.copy\.gz/);
    }, LIMIT_MS);

    it('name a file that is missing, and one that grew', async () => {
      const part = storedIn(damaged)[0]!.slice(66);
      appendFileSync(join(damaged, part), 'x');
      await refused(new RegExp(`damaged: ${part}: it is not`));
      rmSync(join(damaged, part));
      await refused(new RegExp(`damaged: ${part}: it is missing`));
    }, LIMIT_MS);

    it('name the manifest, and the list of parts when it lost a line', async () => {
      const sums = join(damaged, 'SHA256SUMS');
      const lines = readFileSync(sums, 'utf8').split('\n');
      writeFileSync(sums, lines.filter((line) => !line.includes('files/') || line !== storedIn(damaged)[0]).join('\n'));
      await refused(/damaged: SHA256SUMS: it names/);
      flip('manifest.json');
      await refused(/damaged: manifest\.json/);
    }, LIMIT_MS);

    it('refuse what a newer product took', async () => {
      const sums = join(damaged, 'SHA256SUMS');
      const manifest = join(damaged, 'manifest.json');
      const newer = JSON.stringify({ ...manifestIn(damaged), migrations: ['documents/9999-from-the-future'] });
      const sha256 = (content: Buffer | string) => createHash('sha256').update(content).digest('hex');
      const was = sha256(readFileSync(manifest));
      writeFileSync(manifest, newer);
      writeFileSync(sums, readFileSync(sums, 'utf8').replace(was, sha256(newer)));
      await refused(/newer product .*9999-from-the-future/);
    }, LIMIT_MS);
  });
});
