import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { parseArgs } from 'node:util';
import pg from 'pg';
import { type FileStorage } from './contexts/documents/application/ports/file-storage.js';
import { hashed } from './contexts/documents/infrastructure/file-move.js';
import { sealedFiles } from './contexts/documents/infrastructure/file-storages.js';
import { ensureSecrets, installedVariables, Obstacle, prepareFolder, readSecrets, runOnInstallation, type Variables } from './installation.js';
import { Backup } from './platform/backup/backup-folder.js';
import { loadDatabase } from './platform/backup/load-database.js';
import { connectForCopies } from './platform/backup/table-copy.js';
import { type Config, readDataKeys } from './platform/config/config.js';
import { migrateTo, migrationNames, RESTORE_MARK, SCHEMAS } from './platform/persistence/migrate.js';
import { prepareQueues, QUEUE_SCHEMA } from './platform/queue/connection.js';
import { eventsInRedis } from './platform/queue/event-queue.js';
import { KeyRing } from './platform/security/key-ring.js';

/*
 * `npm run restore -- <folder>`: puts a backup into an installation that holds nothing. The backup is read and checked to its last byte,
 * and the keys with it, before anything is written. Killed on its way it can be started over; the product does not start in between.
 */

const AT_ONCE = 8;
/** Later than anything was written, by whatever clock. */
const ALWAYS = new Date(8.64e15);

const say = (line: string) => process.stdout.write(`${line}\n`);

function readFolder(): string {
  try {
    const { positionals } = parseArgs({ allowPositionals: true });
    if (positionals.length === 1 && positionals[0]) return positionals[0];
  } catch {
    // An unknown option: the sentence below says what is wanted.
  }
  throw new Obstacle('Name one folder with a backup: npm run restore -- <folder>');
}

/** Throws Obstacle when this product does not know all that the backup rests on. */
function requireKnown({ manifest }: Backup): void {
  const known = new Set(migrationNames());
  const newer = manifest.migrations.filter((name) => !known.has(name));
  if (newer.length > 0)
    throw new Obstacle(`The backup was taken by a newer product (${manifest.product}, migration ${newer[0]!}). Restore it with that one. Nothing was restored.`);
}

/** Throws Obstacle naming the keys that the backup needs and that are not these. */
function requireKeys({ manifest }: Backup, dataKeys: string, indexKey: string | undefined): void {
  const ring = new KeyRing(readDataKeys(dataKeys), indexKey);
  const absent = manifest.keys.filter(({ id, check }) => ring.checkValueOf(id) !== check).map(({ id }) => `«${id}»`);
  if (absent.length > 0)
    throw new Obstacle(`The keys at hand do not open the backup: it needs ${absent.join(', ')} of the installation it was taken from. Nothing was restored.`);
  if (ring.indexCheckValue !== manifest.indexKeyCheck)
    throw new Obstacle('INDEX_KEY is not that of the installation the backup was taken from: nothing would be found by its number. Nothing was restored.');
}

/**
 * The secrets of this installation. One that has none yet gets its own round the keys of the environment, or of the backup where they were
 * taken along. Throws Obstacle before anything is made when the keys do not fit.
 */
async function secretsFor(backup: Backup): Promise<Variables | null> {
  const secrets = readSecrets();
  const found = installedVariables(secrets);
  const isNew = !secrets && !found['DATABASE_URL'];
  const keys = isNew && !found['DATA_KEYS'] ? { ...(await backup.keys()) } : found;
  const { DATA_KEYS: dataKeys, INDEX_KEY: indexKey } = keys;
  if (!dataKeys)
    throw new Obstacle(
      'The keys are not at hand. Put secrets.json of the former installation into the data folder, or its keys into DATA_KEYS and INDEX_KEY. Nothing was restored.',
    );
  requireKeys(backup, dataKeys, indexKey);
  if (!isNew) return secrets;
  prepareFolder();
  if (keys !== found) return ensureSecrets(keys);
  return ensureSecrets({ DATA_KEYS: dataKeys, INDEX_KEY: indexKey ?? KeyRing.indexKeyOf(readDataKeys(dataKeys).at(-1)!.base64) });
}

/** Throws Obstacle when the queues cannot take up what the backup holds, or hold something else. */
async function requireQueues({ manifest }: Backup, config: Config): Promise<void> {
  if (!config.redisUrl) return;
  if (manifest.queues.in === 'postgres' && manifest.queues.waiting > 0)
    throw new Obstacle(
      `The backup holds ${manifest.queues.waiting} events on their way, in PostgreSQL. Restore it without REDIS_URL, let a worker carry them out, then set REDIS_URL. Nothing was restored.`,
    );
  if ((await eventsInRedis(config)) > 0)
    throw new Obstacle('Redis at REDIS_URL holds events of another installation. Empty it, then restore. Nothing was restored.');
}

/**
 * Throws Obstacle when the installation holds anything but half of an earlier restore; that is cleared away. Then marks the database: no
 * product starts on it before it is whole.
 */
async function claim(client: pg.Client, schemas: readonly string[], storage: FileStorage): Promise<void> {
  const { rows } = await client.query<{ name: string }>('select nspname as name from pg_namespace where nspname = any ($1)', [[...schemas, RESTORE_MARK]]);
  const found = rows.map(({ name }) => name);
  if (found.includes(RESTORE_MARK)) {
    say('An earlier restore was broken off here: starting over.');
    for (const schema of found) if (schema !== RESTORE_MARK) await client.query(`drop schema ${pg.escapeIdentifier(schema)} cascade`);
    for await (const key of storage.keysWrittenBefore(ALWAYS)) await storage.remove(key);
    return;
  }
  const advice = 'Restore into an empty one: another DATA_DIR or DATABASE_URL, or this one after `npm run reset`. Nothing was restored.';
  if (found.length > 0) throw new Obstacle(`This installation holds data already (${found.join(', ')}). ${advice}`);
  for await (const _key of storage.keysWrittenBefore(ALWAYS)) throw new Obstacle(`The storage of this installation holds files already. ${advice}`);
  await client.query(`create schema ${RESTORE_MARK}`);
}

/** Brings the files into the storage as they are, encrypted. Throws Obstacle when one arrives as something else. */
async function loadFiles({ files }: Backup, storage: FileStorage): Promise<void> {
  const waiting = files[Symbol.iterator]();
  const worker = async (): Promise<void> => {
    for (let next = waiting.next(); !next.done; next = waiting.next()) {
      const { key, path, sha256 } = next.value;
      const hash = createHash('sha256');
      await storage.put(key, hashed(createReadStream(path), hash));
      if (hash.digest('hex') !== sha256) throw new Obstacle(`The file ${key} changed while it was read. Check the disks, then restore again.`);
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, worker));
}

async function restore(backup: Backup, config: Config): Promise<void> {
  const began = performance.now();
  const { manifest } = backup;
  await requireQueues(backup, config);
  const schemas = [...SCHEMAS, ...(config.redisUrl ? [] : [QUEUE_SCHEMA])];
  const storage = sealedFiles(config);
  const client = await connectForCopies(config.databaseUrl);
  try {
    await claim(client, schemas, storage);
    await migrateTo(config.databaseUrl, manifest.migrations);
    await prepareQueues(config);
    await loadFiles(backup, storage);
    await loadDatabase(client, backup, schemas);
  } finally {
    await client.end();
  }
  const rows = manifest.tables.reduce((sum, table) => sum + table.rows, 0);
  say(`Restored ${rows} rows of ${manifest.tables.length} tables and ${manifest.files.count} files in ${((performance.now() - began) / 1000).toFixed(1)} s; all are as they were on ${manifest.takenAt}.`);
  if (manifest.files.missing.length > 0) say(`${manifest.files.missing.length} files were missing when the backup was taken (named in its manifest.json).`);
}

let backup: Backup | undefined;
await runOnInstallation(
  async ({ config }) => restore(backup!, config),
  async () => {
    backup = await Backup.read(readFolder());
    requireKnown(backup);
    await backup.verify();
    return secretsFor(backup);
  },
);
