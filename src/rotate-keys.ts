import { setTimeout as pause } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import type pg from 'pg';
import { mappings } from './app.module.js';
import { EncryptedFileStorage } from './contexts/documents/infrastructure/encrypted-file-storage.js';
import { reasonOf, sealedFiles } from './contexts/documents/infrastructure/file-storages.js';
import { keysInFiles, renewFiles } from './contexts/documents/infrastructure/renew-files.js';
import { StorageUnavailable } from './contexts/documents/domain/stored-file.errors.js';
import { ensureSecrets, newKey, Obstacle, readSecrets, runOnInstallation, type Variables, writeSecrets } from './installation.js';
import { connectForCopies } from './platform/backup/table-copy.js';
import { type Config } from './platform/config/config.js';
import { KEY_ROTATION_LOCK } from './platform/persistence/advisory-locks.js';
import { encryptedTables, keysInColumns } from './platform/persistence/encrypted-columns.js';
import { keyHolders } from './platform/persistence/key-holders.js';
import { reEncrypt } from './platform/persistence/re-encryption.js';
import { KeyRing } from './platform/security/key-ring.js';

/*
 * `npm run keys:rotate`: brings everything that is encrypted under a new key while the product goes on. Each run does what can be done now
 * and says what comes next: every running process has to know the new key before anything rests on it, and to write with it before the
 * old one may go. The steps are in docs/operations.md.
 */

type Key = Config['dataKeys'][number];

/** Rows that somebody holds are met again; whoever holds one for so many passes is named by the proof. */
const PASSES = 20;
const BETWEEN_PASSES_MS = 250;
const AGAIN = 'then run this command again.';

const say = (line: string): void => void process.stdout.write(`${line}\n`);
const written = (keys: readonly Key[]): string => keys.map(({ id, base64 }) => `${id}:${base64}`).join(',');
const numberOf = ({ id }: Key): number => Number(/^k(\d+)$/.exec(id)?.[1] ?? 0);
const freshKey = (keys: readonly Key[]): Key => ({ id: `k${Math.max(keys.length, ...keys.map(numberOf)) + 1}`, base64: newKey() });

/** The keys as they are to be used from now on, the target first; null when a process has to be started again before. */
async function chooseTarget(client: pg.Client, keys: readonly Key[], secrets: Variables | null): Promise<readonly Key[] | null> {
  const running = await keyHolders(client);
  if (keys.length === 1) {
    const fresh = freshKey(keys);
    if (!secrets) {
      say(`One key is in use. Add a second one behind it on every process, start them again, ${AGAIN}`);
      say(`DATA_KEYS=<the key that is there>,${fresh.id}:${fresh.base64}`);
      return null;
    }
    if (running.length === 0) return keep(secrets, [fresh, ...keys]);
    keep(secrets, [...keys, fresh]);
    say(`«${fresh.id}» was added. Start the product again, so that it can read what will rest on the new key, ${AGAIN}`);
    return null;
  }
  const newest = secrets ? [...keys].sort((a, b) => numberOf(b) - numberOf(a))[0]! : keys[0]!;
  const ignorant = running.filter((ids) => !ids.includes(newest.id));
  if (ignorant.length > 0)
    throw new Obstacle(`A running process knows ${ignorant.map((ids) => `«${ids.join(', ')}»`).join(' and ')} only, and not «${newest.id}». Start it again, ${AGAIN} Nothing was changed.`);
  const ordered = [newest, ...keys.filter((key) => key !== newest)];
  return secrets && keys[0] !== newest ? keep(secrets, ordered) : ordered;
}

function keep(secrets: Variables, keys: readonly Key[]): readonly Key[] {
  writeSecrets({ ...secrets, DATA_KEYS: written(keys) });
  return keys;
}

/** What rests on keys other than the target, in words; empty when nothing does. */
async function remainder(client: pg.Client, config: Config, storage: EncryptedFileStorage, target: string): Promise<string[]> {
  const values = await keysInColumns(client, await encryptedTables(config.databaseUrl, mappings));
  const files = await keysInFiles(storage);
  say(`On «${target}»: ${values.get(target) ?? 0} values, ${files.get(target) ?? 0} files.`);
  const others = new Set([...values.keys(), ...files.keys()].filter((id) => id !== target));
  return [...others].sort().map((id) => `«${id}»: ${values.get(id) ?? 0} values, ${files.get(id) ?? 0} files`);
}

async function renewEverything(client: pg.Client, config: Config, storage: EncryptedFileStorage, ring: KeyRing): Promise<void> {
  const tables = await encryptedTables(config.databaseUrl, mappings);
  for (let pass = 1; pass <= PASSES; pass++) {
    const { renewed, passedOver, unreadable } = await reEncrypt(client, ring, tables, (column, count) => say(`  ${column}: ${count}`));
    if (pass === 1) for (const place of unreadable) say(`  CANNOT BE READ with any of the keys: ${place}`);
    if (renewed === 0 && passedOver === 0) break;
    if (passedOver > 0) await pause(BETWEEN_PASSES_MS);
  }
  const files = await renewFiles(storage);
  if (files.renewed > 0) say(`  files: ${files.renewed}`);
  for (const key of files.unreadable) say(`  CANNOT BE READ with any of the keys: file ${key}`);
}

/** What is left to do now that nothing rests on the others of these keys. */
function farewell(keys: readonly Key[], config: Config, secrets: Variables | null): void {
  const old = keys.slice(1).map(({ id }) => `«${id}»`).join(', ');
  if (!old) return say('There is no other key.');
  say(`Nothing rests on ${old} any more: it may go. Backups taken before still need it: keep it with them.`);
  if (secrets) return say('`npm run keys:rotate -- --forget-old` takes it out of secrets.json.');
  if (config.indexKey) return say('Take it out of DATA_KEYS and start the processes again.');
  say('Look-ups rest on the last of DATA_KEYS, because INDEX_KEY is not set. Set this on every process, and only then take the old key out:');
  say(`INDEX_KEY=${KeyRing.indexKeyOf(keys.at(-1)!.base64)}`);
}

async function rotate(client: pg.Client, config: Config, secrets: Variables | null, forgetOld: boolean): Promise<void> {
  const keys = forgetOld ? config.dataKeys : await chooseTarget(client, config.dataKeys, secrets);
  if (!keys) return;
  const target = keys[0]!.id;
  const ring = new KeyRing(keys, config.indexKey);
  const storage = new EncryptedFileStorage(sealedFiles(config), ring);
  if (!forgetOld) {
    say(`Everything comes to rest on «${target}»`);
    await renewEverything(client, config, storage, ring);
  }
  const rest = await remainder(client, config, storage, target);
  const behind = (await keyHolders(client)).filter(([first]) => first !== target);
  if (behind.length > 0) return say(`Not done yet: a running process still writes with «${behind[0]![0]!}». Start it again${secrets ? '' : ` with «${target}» first`}, ${AGAIN}`);
  if (rest.length > 0) throw new Obstacle(`Not done: there is still something on ${rest.join('; ')}. Run this command again; what cannot be read needs its own key.`);
  if (!forgetOld || !secrets) return farewell(keys, config, secrets);
  keep(secrets, [keys[0]!]);
  say(`«${target}» is the only key in secrets.json now.`);
}

/** Whether the old keys are to be taken away. */
function readOrder(): boolean {
  try {
    return parseArgs({ options: { 'forget-old': { type: 'boolean', default: false } } }).values['forget-old'];
  } catch {
    throw new Obstacle('npm run keys:rotate [-- --forget-old]');
  }
}

await runOnInstallation(
  async ({ config, secrets }) => {
    const forgetOld = readOrder();
    if (config.files.movingFrom) throw new Obstacle('Files are being moved to another storage. Finish that first (`npm run files:move`).');
    const client = await connectForCopies(config.databaseUrl);
    try {
      const lock = await client.query<{ free: boolean }>('select pg_try_advisory_lock_shared($1) as free', [KEY_ROTATION_LOCK]);
      if (!lock.rows[0]!.free) throw new Obstacle('A backup is being taken. Rotate the keys when that is done.');
      // Keys of the environment are the operator's to change; those of the data folder are ours.
      await rotate(client, config, process.env['DATA_KEYS'] ? null : secrets, forgetOld);
    } catch (error) {
      if (!(error instanceof StorageUnavailable)) throw error;
      throw new Obstacle(`The storage of files does not answer (${reasonOf(error)}). Nothing is lost; run this command again.`);
    } finally {
      await client.end();
    }
  },
  () => (readSecrets() ? ensureSecrets() : Promise.resolve(null)),
);
