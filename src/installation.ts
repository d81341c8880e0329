import { randomBytes } from 'node:crypto';
import { accessSync, constants, existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import pg from 'pg';
import webPush from 'web-push';
import { Config, InvalidEnvironment } from './platform/config/config.js';
import { Obstacle } from './platform/config/obstacle.js';
import { startEmbeddedPostgres } from './platform/persistence/embedded-postgres.js';
import { KeyRing } from './platform/security/key-ring.js';
import { issueClientCertificate } from './sandbox/esia/client-certificate.js';

/*
 * The installation on this machine: its folder, its secrets, its variables and its database. `npm start` and the commands of operators
 * see it through here.
 */

export type Variables = Record<string, string>;

export { Obstacle };

/** The data folder: `DATA_DIR`, otherwise `.data` where the command runs. */
export const DATA_FOLDER = resolve(process.env['DATA_DIR'] ?? '.data');
const SECRETS = join(DATA_FOLDER, 'secrets.json');

/** Variables of this process that have a value. */
const givenVariables = (): Variables => Object.fromEntries(Object.entries(process.env).filter(([, value]) => value)) as Variables;

/** Makes the data folder when there is none. Throws Obstacle when nothing can be written there. */
export function prepareFolder(): void {
  try {
    mkdirSync(DATA_FOLDER, { recursive: true });
    accessSync(DATA_FOLDER, constants.W_OK);
  } catch {
    throw new Obstacle(`Cannot write to ${DATA_FOLDER}. Give this user the right to, or name another folder in DATA_DIR.`);
  }
}

/** Keys and passwords of this installation; null where nothing was ever started. */
export const readSecrets = (): Variables | null => (existsSync(SECRETS) ? (JSON.parse(readFileSync(SECRETS, 'utf8')) as Variables) : null);

/** Replaces them whole, readable by the owner of the folder alone. */
export function writeSecrets(secrets: Variables): void {
  const unfinished = `${SECRETS}.${process.pid}`;
  writeFileSync(unfinished, JSON.stringify(secrets, null, 2), { mode: 0o600 });
  renameSync(unfinished, SECRETS);
}

/** The secrets, made at the first call of an installation; `given` takes the place of what would be made. */
export async function ensureSecrets(given: Variables = {}): Promise<Variables> {
  const known = readSecrets();
  if (known) return withIndexKey(known);
  const client = await issueClientCertificate('LKSPB01');
  const tokens = await issueClientCertificate('ESIA sandbox');
  const vapid = webPush.generateVAPIDKeys();
  const made: Variables = {
    POSTGRES_PASSWORD: randomBytes(18).toString('hex'),
    DATA_KEYS: `k1:${newKey()}`,
    INDEX_KEY: newKey(),
    COOKIE_SECRET: randomBytes(48).toString('base64'),
    BANK_PASSWORD: randomBytes(12).toString('hex'),
    BANK_CALLBACK_KEY: randomBytes(24).toString('hex'),
    ESIA_CLIENT_KEY_PEM: client.privateKeyPem,
    ESIA_CLIENT_CERT_PEM: client.certificatePem,
    ESIA_TOKEN_KEY_PEM: tokens.privateKeyPem,
    ESIA_TOKEN_CERT_PEM: tokens.certificatePem,
    VAPID_PUBLIC_KEY: vapid.publicKey,
    VAPID_PRIVATE_KEY: vapid.privateKey,
    ...given,
  };
  writeSecrets(made);
  return made;
}

/** 32 random bytes in base64. */
export const newKey = (): string => randomBytes(32).toString('base64');

/** Installations made before there was an index key keep what their look-ups rest on, so that their oldest key can go one day. */
function withIndexKey(secrets: Variables): Variables {
  const oldest = secrets['DATA_KEYS']?.split(',').at(-1)?.split(':')[1];
  if (secrets['INDEX_KEY'] || !oldest) return secrets;
  const complete = { ...secrets, INDEX_KEY: KeyRing.indexKeyOf(oldest) };
  writeSecrets(complete);
  return complete;
}

export interface InstalledDatabase {
  readonly url: string;
  /** Ends the server that lives in the data folder; a server of your own is left alone. */
  stop(): Promise<void>;
  /** Ends it only when this call started it and nobody else has connected meanwhile. */
  release(): Promise<void>;
}

/** `DATABASE_URL` where it is set, otherwise the server in the data folder: as it runs, or started now. */
export async function openDatabase(variables: Variables): Promise<InstalledDatabase> {
  const nothing = () => Promise.resolve();
  if (variables['DATABASE_URL']) return { url: variables['DATABASE_URL'], stop: nothing, release: nothing };
  const server = await startEmbeddedPostgres({ folder: join(DATA_FOLDER, 'postgres'), password: variables['POSTGRES_PASSWORD'] ?? '' });
  return {
    url: server.url,
    stop: () => server.stop(),
    release: async () => {
      if (!server.wasRunning && !(await isUsed(server.url))) await server.stop();
    },
  };
}

/** Whether another program is connected: connections of this process carry its own name (`runOnInstallation`). */
async function isUsed(url: string): Promise<boolean> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    const others = "select 1 from pg_stat_activity where backend_type = 'client backend' and application_name <> current_setting('application_name')";
    return (await client.query(others)).rowCount !== 0;
  } finally {
    await client.end();
  }
}

/** What a command of an operator works on. Its database is up. */
export interface Installation {
  readonly config: Config;
  /** What the data folder holds; null where the environment holds all of it. */
  readonly secrets: Variables | null;
}

const requireInstalled = (variables: Variables, secrets: Variables | null): void => {
  if (secrets ?? variables['DATABASE_URL']) return;
  throw new Obstacle(`Nothing is installed in ${DATA_FOLDER}. Name its folder in DATA_DIR, or its database in DATABASE_URL.`);
};

/** The variables of this process, and the secrets where a variable is not set. */
export function installedVariables(secrets: Variables | null): Variables {
  const given = givenVariables();
  // The index key of the folder belongs to the data keys of the folder: other keys come with their own.
  const { INDEX_KEY: indexKey, ...others } = secrets ?? {};
  return { ...others, ...(indexKey && !given['DATA_KEYS'] ? { INDEX_KEY: indexKey } : {}), ...given, DATA_DIR: DATA_FOLDER };
}

/**
 * Runs one command of an operator and ends the process: 0 when it is done, 1 when it is not, 130 when it was interrupted. What stands in
 * the way is told in one sentence. A server that the command had to start is stopped, unless the product has begun to use it.
 */
export async function runOnInstallation(
  command: (installation: Installation) => Promise<void>,
  findSecrets: () => Promise<Variables | null> = () => Promise.resolve(readSecrets()),
): Promise<void> {
  process.env['PGAPPNAME'] = `lk-command-${process.pid}`;
  let database: InstalledDatabase | undefined;
  let ended = false;
  const end = async (code: number) => {
    if (ended) return;
    ended = true;
    await database?.release().catch(() => undefined);
    process.exit(code);
  };
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.once(signal, () => void end(130));
  try {
    const secrets = await findSecrets();
    const variables = installedVariables(secrets);
    requireInstalled(variables, secrets);
    Config.from({ ...variables, DATABASE_URL: variables['DATABASE_URL'] ?? 'postgres://not-yet' });
    database = await openDatabase(variables);
    await command({ config: Config.from({ ...variables, DATABASE_URL: database.url }), secrets });
    await end(0);
  } catch (error) {
    // Once interrupted, errors are those of the connections that are being closed.
    if (!ended) process.stderr.write(`${wordsOf(error)}\n`);
    await end(1);
  }
}

/** What a person is told of an error: its sentence when it is an obstacle, all of it when it is a fault of the product. */
export function wordsOf(error: unknown): string {
  if (error instanceof Obstacle || error instanceof InvalidEnvironment) return error.message;
  return error instanceof Error ? (error.stack ?? error.message) : String(error);
}
