import { readFileSync, statfsSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import type pg from 'pg';
import { mappings } from './app.module.js';
import { SealedStart } from './contexts/documents/infrastructure/encrypted-file-storage.js';
import { sealedFiles } from './contexts/documents/infrastructure/file-storages.js';
import { keptContents } from './contexts/documents/infrastructure/kept-contents.js';
import { Obstacle, runOnInstallation, type Variables } from './installation.js';
import { blamingPlace, storedFile, tableFile, UnfinishedBackup } from './platform/backup/backup-folder.js';
import { quoted, sequencesOf, tablesOf } from './platform/backup/database-layout.js';
import { BACKUP_FORMAT, type KeyCheck, type Manifest } from './platform/backup/manifest.js';
import { connectForCopies, copyOut } from './platform/backup/table-copy.js';
import { type Config } from './platform/config/config.js';
import { FILES_ERASURE_LOCK, KEY_ROTATION_LOCK, MIGRATION_LOCK } from './platform/persistence/advisory-locks.js';
import { encryptedTables, keysInColumns } from './platform/persistence/encrypted-columns.js';
import { SCHEMAS } from './platform/persistence/migrate.js';
import { QUEUE_SCHEMA } from './platform/queue/connection.js';
import { EVENTS, eventsInRedis } from './platform/queue/event-queue.js';
import { KeyRing } from './platform/security/key-ring.js';

/*
 * `npm run backup -- <folder>`: the database and the stored files as they are at one moment, while the product goes on. Files stay
 * encrypted, and the keys are not taken along (`--with-keys` takes them).
 */

const say = (line: string) => process.stdout.write(`${line}\n`);
const megabytes = (bytes: number) => `${(bytes / 1_048_576).toFixed(1)} MB`;

/** What the operator wants. */
interface Order {
  readonly target: string;
  readonly withKeys: boolean;
}

function readOrder(): Order {
  try {
    const { positionals, values } = parseArgs({ allowPositionals: true, options: { 'with-keys': { type: 'boolean', default: false } } });
    if (positionals.length === 1 && positionals[0]) return { target: resolve(positionals[0]), withKeys: values['with-keys'] };
  } catch {
    // An unknown option: the sentence below names the known ones.
  }
  throw new Obstacle('Name one folder for the backup: npm run backup -- <folder> [--with-keys]');
}

/** What the snapshot of the database gave. */
interface DatabasePart {
  readonly about: Pick<Manifest, 'takenAt' | 'migrations' | 'tables' | 'sequences' | 'queues'>;
  readonly keyIds: ReadonlySet<string>;
  readonly contents: Awaited<ReturnType<typeof keptContents>>;
}

/** Everything in one snapshot: no writer waits for it, and it sees none of them. */
async function saveDatabase(client: pg.Client, config: Config, backup: UnfinishedBackup, target: string): Promise<DatabasePart> {
  const schemas = [...SCHEMAS, ...(config.redisUrl ? [] : [QUEUE_SCHEMA])];
  await client.query('select pg_advisory_lock_shared($1)', [MIGRATION_LOCK]);
  await client.query('begin transaction isolation level repeatable read read only');
  const layouts = await tablesOf(client, schemas);
  if (!layouts.some(({ name }) => name === 'platform.migration')) throw new Obstacle('There is nothing to save: this database was never started.');
  await client.query(`lock table ${layouts.map(({ name }) => quoted(name)).join(', ')} in access share mode`);
  await client.query('select pg_advisory_unlock_shared($1)', [MIGRATION_LOCK]);
  const takenAt = await client.query<{ now: Date }>('select now()');
  const contents = await keptContents(client);
  requireRoom(target, contents.reduce((sum, { bytes }) => sum + bytes, 0));

  const tables: Manifest['tables'][number][] = [];
  for (const layout of layouts) {
    const saved = await copyOut(client, layout, async (content) => void (await backup.write(tableFile(layout.name), content)));
    tables.push({ name: layout.name, columns: layout.columns, ...saved });
  }
  const migrations = await client.query<{ name: string }>('select name from platform.migration order by id');
  const keyIds = new Set((await keysInColumns(client, await encryptedTables(config.databaseUrl, mappings))).keys());
  const queues: Manifest['queues'] = config.redisUrl
    ? { in: 'redis', waiting: await eventsInRedis(config) }
    : { in: 'postgres', waiting: await waitingInPostgres(client) };
  const sequences = await sequencesOf(client, schemas);
  await client.query('commit');
  return {
    about: { takenAt: takenAt.rows[0]!.now.toISOString(), migrations: migrations.rows.map(({ name }) => name), tables, sequences, queues },
    keyIds,
    contents,
  };
}

async function waitingInPostgres(client: pg.Client): Promise<number> {
  const { rows } = await client.query<{ waiting: number }>(
    `select count(*)::int as waiting from ${QUEUE_SCHEMA}.job where queue = $1 and state <> 'completed'`,
    [EVENTS],
  );
  return rows[0]!.waiting;
}

/** The database is compressed to an unknown size; the files are not. */
function requireRoom(target: string, bytes: number): void {
  const { bavail, bsize } = statfsSync(dirname(target));
  if (bavail * bsize < bytes) throw new Obstacle(`There is no room for the backup in ${target}: the files alone need ${megabytes(bytes)}.`);
}

/** The files of the snapshot, as they are stored. None is erased meanwhile, and none ever changes. */
async function saveFiles(config: Config, contents: DatabasePart['contents'], backup: UnfinishedBackup) {
  const storage = sealedFiles(config);
  const keyIds = new Set<string>();
  const missing: string[] = [];
  let count = 0;
  let bytes = 0;
  for (const { key } of contents) {
    const sealed = await storage.read(key);
    if (!sealed) {
      missing.push(key);
      continue;
    }
    const start = new SealedStart();
    bytes += await backup.write(storedFile(key), noting(sealed, start));
    keyIds.add(start.keyId);
    count += 1;
  }
  return { files: { count, bytes, missing }, keyIds };
}

async function* noting(sealed: AsyncIterable<Uint8Array>, start: SealedStart): AsyncIterable<Uint8Array> {
  for await (const chunk of sealed) {
    start.add(chunk);
    yield chunk;
  }
}

/** Throws Obstacle when something rests on a key that is not at hand: such a backup could not be read. */
function checksOf(keyIds: ReadonlySet<string>, ring: KeyRing): KeyCheck[] {
  return [...keyIds].filter(Boolean).sort().map((id) => {
    const check = ring.checkValueOf(id);
    if (check === null) throw new Obstacle(`Something is encrypted with the key «${id}», which is not in DATA_KEYS. Put it back, then take the backup.`);
    return { id, check };
  });
}

const productVersion = (): string =>
  (JSON.parse(readFileSync(join(import.meta.dirname, '../package.json'), 'utf8')) as { version: string }).version;

/** Keys and what belongs to them; the password of the embedded database is the one thing a new installation makes for itself. */
function keysOf(config: Config, secrets: Variables | null): Variables {
  const { POSTGRES_PASSWORD: _own, ...others } = secrets ?? {};
  const dataKeys = config.dataKeys.map(({ id, base64 }) => `${id}:${base64}`).join(',');
  const indexKey = config.indexKey ?? KeyRing.indexKeyOf(config.dataKeys.at(-1)!.base64);
  return { ...others, DATA_KEYS: dataKeys, INDEX_KEY: indexKey };
}

async function take(config: Config, secrets: Variables | null, client: pg.Client, backup: UnfinishedBackup, order: Order): Promise<void> {
  const rotation = await client.query<{ free: boolean }>('select pg_try_advisory_lock($1) as free', [KEY_ROTATION_LOCK]);
  if (!rotation.rows[0]!.free) throw new Obstacle('Keys are being rotated. Take the backup when that is done.');
  await client.query('select pg_advisory_lock($1)', [FILES_ERASURE_LOCK]);
  const began = performance.now();
  const database = await saveDatabase(client, config, backup, order.target);
  const stored = await saveFiles(config, database.contents, backup);
  const ring = new KeyRing(config.dataKeys, config.indexKey);
  const keys = checksOf(new Set([...database.keyIds, ...stored.keyIds]), ring);
  const manifest: Manifest = { format: BACKUP_FORMAT, product: productVersion(), ...database.about, files: stored.files, keys, indexKeyCheck: ring.indexCheckValue };
  await backup.finish(manifest, order.withKeys ? keysOf(config, secrets) : null);
  report(manifest, order, (performance.now() - began) / 1000);
}

function report({ tables, files, queues, keys }: Manifest, { target, withKeys }: Order, seconds: number): void {
  const rows = tables.reduce((sum, table) => sum + table.rows, 0);
  say(`Saved ${rows} rows of ${tables.length} tables and ${files.count} files (${megabytes(files.bytes)}) in ${seconds.toFixed(1)} s: ${target}`);
  if (files.missing.length > 0) say(`NOT SAVED, because the storage does not have them: ${files.missing.length} files (named in manifest.json).`);
  if (queues.in === 'redis') say(`NOT SAVED: what waits in Redis (${queues.waiting} events at this moment). See docs/operations.md.`);
  if (withKeys) say('THE KEYS ARE IN IT (keys.json): whoever has this folder can read everything. Keep it as you keep the keys.');
  else say(`The keys are not in it. Keep them elsewhere: without ${keys.map(({ id }) => `«${id}»`).join(', ') || 'them'} nobody can read it.`);
}

await runOnInstallation(async ({ config, secrets }) => {
  const order = readOrder();
  const backup = await UnfinishedBackup.begin(order.target);
  process.once('exit', () => backup.abandon());
  const client = await connectForCopies(config.databaseUrl);
  try {
    await take(config, secrets, client, backup, order);
  } catch (error) {
    throw blamingPlace(error, order.target);
  } finally {
    await client.end();
  }
});
