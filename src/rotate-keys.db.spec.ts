import { randomBytes, randomUUID } from 'node:crypto';
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { MikroORM, RequestContext } from '@mikro-orm/postgresql';
import { type INestApplicationContext } from '@nestjs/common';
import { type Command, CommandBus, QueryBus } from '@nestjs/cqrs';
import { NestFactory } from '@nestjs/core';
import pg from 'pg';
import { killWhen, type Outcome, runCommand } from '../test/support/commands.js';
import { describedVehicle, personFacts } from '../test/support/profile.js';
import { bytesOf, pdf, streamOf } from '../test/support/sample-files.js';
import { testConfig, testVariables } from '../test/support/test-config.js';
import { testDatabase, type TestDatabase } from '../test/support/test-database.js';
import { temporaryFolder } from '../test/support/temporary-folder.js';
import { AppModule, mappings } from './app.module.js';
import { AddPersonalDocument } from './contexts/documents/application/add-personal-document.js';
import { ChangePersonalDocument } from './contexts/documents/application/change-personal-document.js';
import { FileStorage } from './contexts/documents/application/ports/file-storage.js';
import { EncryptedFileStorage } from './contexts/documents/infrastructure/encrypted-file-storage.js';
import { sealedFiles } from './contexts/documents/infrastructure/file-storages.js';
import { keysInFiles } from './contexts/documents/infrastructure/renew-files.js';
import { FileContentQuery, StoreFile } from './contexts/documents/public.js';
import { PersonalDocumentRepository } from './contexts/documents/domain/personal-document.repository.js';
import { AddVehicle } from './contexts/profile/application/add-vehicle.js';
import { Person } from './contexts/profile/domain/person.js';
import { PersonRepository } from './contexts/profile/domain/person.repository.js';
import { encryptedTables, keysInColumns } from './platform/persistence/encrypted-columns.js';
import { KeyRing } from './platform/security/key-ring.js';
import { issueClientCertificate } from './sandbox/esia/client-certificate.js';

const LIMIT_MS = 180_000;
const ROWS = 300;
const DOCUMENTS = 120;
const FILES = 120;
const key = (id: string) => `${id}:${randomBytes(32).toString('base64')}`;
const [K1, K2] = [key('k1'), key('k2')] as const;
const INDEX_KEY = KeyRing.indexKeyOf(K1.split(':')[1]!);

let database: TestDatabase;
let dataDir: string;
beforeEach(async () => {
  database = await testDatabase();
  dataDir = temporaryFolder('lk-keys-');
});
afterEach(async () => {
  await database.drop();
  rmSync(dataDir, { recursive: true, force: true });
}, LIMIT_MS);

const settings = (dataKeys: string, more: Readonly<Record<string, string>> = {}) => ({ DATA_DIR: dataDir, ROLE: 'web', DATA_KEYS: dataKeys, ...more });
const configWith = (dataKeys: string) => testConfig(database.url, settings(dataKeys));
const storageWith = (dataKeys: string) => new EncryptedFileStorage(sealedFiles(configWith(dataKeys)), new KeyRing(configWith(dataKeys).dataKeys));
const rotate = (dataKeys: string, ...args: string[]): Promise<Outcome> => runCommand('rotate-keys.js', args, testVariables(database.url, settings(dataKeys)));

async function inDatabase<T>(work: (client: pg.Client) => Promise<T>): Promise<T> {
  const client = new pg.Client({ connectionString: database.url });
  await client.connect();
  try {
    return await work(client);
  } finally {
    await client.end();
  }
}

const valuesOn = () => inDatabase(async (client) => Object.fromEntries(await keysInColumns(client, await encryptedTables(database.url, mappings))));

/** A value of any type, for columns that do not matter here. */
const FILLINGS: Readonly<Record<string, string>> = {
  uuid: 'gen_random_uuid()',
  text: "md5(random()::text)",
  integer: '1',
  bigint: '1',
  boolean: 'false',
  date: 'current_date',
  jsonb: "'{}'",
  'timestamp with time zone': 'now()',
  'uuid[]': "'{}'",
  'text[]': "'{}'",
};

/** Hundreds of rows in every table with encrypted columns, whatever else it has: each value says where it is. */
async function fillEveryTable(ring: KeyRing): Promise<number> {
  const tables = await encryptedTables(database.url, mappings);
  let values = 0;
  await inDatabase(async (client) => {
    await client.query('set session_replication_role = replica');
    for (const { name, columns } of tables) {
      const { rows: checks } = await client.query<{ name: string }>("select quote_ident(conname) as name from pg_constraint where conrelid = $1::regclass and contype = 'c'", [name]);
      for (const check of checks) await client.query(`alter table ${name} drop constraint ${check.name}`);
      const { rows: others } = await client.query<{ name: string; type: string }>(
        `select '"' || attname || '"' as name, format_type(atttypid, null) as type from pg_attribute
         where attrelid = $1::regclass and attnum > 0 and not attisdropped and attgenerated = '' and attnotnull and '"' || attname || '"' <> all ($2)`,
        [name, columns],
      );
      const fillings = others.map(({ name: column, type }) => {
        if (!FILLINGS[type]) throw new Error(`Say in FILLINGS what a ${type} may be (${name}.${column})`);
        return FILLINGS[type];
      });
      await client.query(
        `insert into ${name} (${[...columns, ...others.map((other) => other.name)].join(', ')})
         select ${[...columns.map((_column, at) => `($${at + 1}::text[])[i]`), ...fillings].join(', ')} from generate_series(1, ${ROWS}) i`,
        columns.map((column) => Array.from({ length: ROWS }, (_none, at) => ring.encrypt(JSON.stringify(`${name}.${column} ${at}`)))),
      );
      values += columns.length * ROWS;
    }
  });
  return values;
}

/** The whole portal without a port, holding these keys. */
async function portalWith(dataKeys: string, more: Readonly<Record<string, string>> = {}) {
  const esia = await issueClientCertificate('LKSPB01');
  const config = testConfig(database.url, settings(dataKeys, { ESIA_CLIENT_KEY_PEM: esia.privateKeyPem, ESIA_CLIENT_CERT_PEM: esia.certificatePem, ...more }));
  const app: INestApplicationContext = await NestFactory.createApplicationContext(AppModule.forRoot(config), { logger: false, abortOnError: false });
  const inUnit = <R>(work: () => Promise<R>): Promise<R> => RequestContext.create(app.get(MikroORM).em, work);
  return {
    app,
    inUnit,
    execute: <R>(command: Command<R>) => inUnit(() => app.get(CommandBus).execute(command)),
    find: <T>(token: abstract new (...args: never[]) => T) => app.get<T>(token, { strict: false }),
  };
}
type Portal = Awaited<ReturnType<typeof portalWith>>;

const licence = (number: number) => ({ number: String(9_900_000_000 + number), issueDate: '2021-05-20', expiryDate: '2099-05-20', categories: ['B'] });

async function requisitesIn(portal: Portal, owner: string, documentId: string): Promise<{ readonly number: string | undefined; readonly version: number }> {
  const document = await portal.inUnit(() => portal.find(PersonalDocumentRepository).get(documentId, owner));
  return { number: (document as unknown as { requisites: Record<string, string> }).requisites['number'], version: (document as unknown as { version: number }).version };
}

describe('A rotation of the keys', () => {
  it('re-encrypts a filled database and its files while they are in use, and loses no edit', async () => {
    const filled = await fillEveryTable(new KeyRing(configWith(K1).dataKeys));
    const before = await portalWith(K1);
    const owner = randomUUID();
    await before.inUnit(() => before.find(PersonRepository).save(Person.mirror(owner, personFacts(), new Date())));
    const documents: string[] = [];
    for (let at = 0; at < DOCUMENTS; at++) documents.push(await before.execute(new AddPersonalDocument(owner, 'DRIVING_LICENCE', licence(at))));
    const files = new Map<string, Buffer>();
    const upload = async (portal: Portal) => {
      const bytes = Buffer.concat([pdf(), Buffer.from(`\n% ${randomUUID()}\n%%EOF\n`)]);
      files.set((await portal.execute(new StoreFile(owner, 'Скан.pdf', streamOf(bytes)))).fileId, bytes);
    };
    for (let at = 0; at < FILES; at++) await upload(before);
    await before.app.close();
    const atFirst = await valuesOn();
    expect(Object.keys(atFirst)).toEqual(['k1']);
    expect(atFirst['k1']).toBeGreaterThanOrEqual(filled + DOCUMENTS);

    const portal = await portalWith(`${K2},${K1}`);
    const latest = new Map<string, string>();
    const vehicles: string[] = [];
    const done = { edits: 0, reads: 0, uploads: 0, removals: 0 };
    let busy = true;
    const whileBusy = async (work: (round: number) => Promise<void>) => {
      for (let round = 0; busy; round++) await work(round);
    };
    const use = [
      whileBusy(async (round) => {
        const documentId = documents[round % DOCUMENTS]!;
        const { version } = await requisitesIn(portal, owner, documentId);
        const changed = licence(DOCUMENTS + round);
        await portal.execute(new ChangePersonalDocument(owner, documentId, version, changed));
        latest.set(documentId, changed.number);
        done.edits += 1;
      }),
      whileBusy(async (round) => {
        vehicles.push(await portal.execute(new AddVehicle(owner, describedVehicle({ certificate: String(7_800_000_000 + round) }))));
        await upload(portal);
        done.uploads += 1;
      }),
      whileBusy(async (round) => {
        await requisitesIn(portal, owner, documents[(round * 7) % DOCUMENTS]!);
        const [fileId, bytes] = [...files][round % files.size]!;
        const file = await portal.inUnit(() => portal.app.get(QueryBus).execute(new FileContentQuery(fileId)));
        if (!file) return;
        expect((await bytesOf(file.content)).equals(bytes)).toBe(true);
        done.reads += 1;
      }),
      whileBusy(async () => {
        await portal.find(FileStorage).remove(randomUUID());
        await inDatabase((client) => client.query('delete from profile.vehicle where id = (select id from profile.vehicle where account_id <> $1 limit 1)', [owner]));
        done.removals += 1;
      }),
    ];
    const outcome = await rotate(`${K2},${K1}`);
    busy = false;
    await Promise.all(use);
    expect(outcome).toEqual({ code: 0, output: expect.stringContaining('Nothing rests on «k1» any more') });
    for (const count of Object.values(done)) expect(count).toBeGreaterThan(0);
    await portal.app.close();

    expect(Object.keys(await valuesOn())).toEqual(['k2']);
    expect([...(await keysInFiles(storageWith(K2))).keys()]).toEqual(['k2']);
    const after = await portalWith(K2, { INDEX_KEY });
    for (const [at, documentId] of documents.entries()) {
      expect((await requisitesIn(after, owner, documentId)).number).toBe(latest.get(documentId) ?? licence(at).number);
    }
    for (const [fileId, bytes] of files) {
      const file = await after.inUnit(() => after.app.get(QueryBus).execute(new FileContentQuery(fileId)));
      expect((await bytesOf(file!.content)).equals(bytes)).toBe(true);
    }
    // The blind index goes on finding what was written before the rotation.
    const known = latest.get(documents.at(-1)!) ?? licence(DOCUMENTS - 1).number;
    await expect(after.execute(new AddPersonalDocument(owner, 'DRIVING_LICENCE', { ...licence(0), number: known }))).rejects.toThrow();
    await after.app.close();
    expect(vehicles.length).toBeGreaterThan(0);
  }, LIMIT_MS);

  it('goes on where it was killed, and does no harm twice at once', async () => {
    await fillEveryTable(new KeyRing(configWith(K1).dataKeys));
    const storage = storageWith(K1);
    const keys = Array.from({ length: 40 }, () => randomUUID());
    for (const fileKey of keys) await storage.put(fileKey, streamOf(Buffer.from(fileKey)));
    const watcher = new pg.Client({ connectionString: database.url });
    await watcher.connect();
    let begun = false;
    let ended = false;
    const watching = (async () => {
      while (!begun && !ended) begun = (await watcher.query("select 1 from applications.draft where answers like 'v1.k2.%' limit 1")).rowCount === 1;
    })();
    const killed = await runCommand('rotate-keys.js', [], testVariables(database.url, settings(`${K2},${K1}`)), killWhen(() => begun));
    ended = true;
    await watching;
    await watcher.end();
    expect(killed.code).toBeNull();
    const half = await valuesOn();
    expect(half['k1']).toBeGreaterThan(0);
    expect(half['k2']).toBeGreaterThan(0);

    const both = await Promise.all([rotate(`${K2},${K1}`), rotate(`${K2},${K1}`)]);
    expect(both.map(({ code }) => code)).toContain(0);
    expect(await rotate(`${K2},${K1}`)).toMatchObject({ code: 0, output: expect.stringContaining('INDEX_KEY=') });
    expect(await valuesOn()).toEqual({ k2: half['k1']! + half['k2']! });
    const renewed = storageWith(K2);
    for (const fileKey of keys) expect((await bytesOf((await renewed.read(fileKey))!)).toString()).toBe(fileKey);
  }, LIMIT_MS);

  it('leaves the history of applications append-only', async () => {
    await fillEveryTable(new KeyRing(configWith(K1).dataKeys));
    const rewritten = () => inDatabase((client) => client.query("update applications.status_entry set comment = 'другое'"));
    await expect(rewritten()).rejects.toThrow('append-only');
    expect(await rotate(`${K2},${K1}`)).toMatchObject({ code: 0 });
    await expect(rewritten()).rejects.toThrow('append-only');
    await expect(inDatabase((client) => client.query('delete from applications.status_entry'))).rejects.toThrow('append-only');
  }, LIMIT_MS);

  it('does not claim to be done while something cannot be read', async () => {
    const stranger = key('k0');
    await fillEveryTable(new KeyRing(configWith(stranger).dataKeys));
    const outcome = await rotate(`${K2},${K1}`);
    expect(outcome).toMatchObject({ code: 1, output: expect.stringContaining('CANNOT BE READ with any of the keys: "profile"."person"."facts"') });
    expect(outcome.output).toContain('still something on «k0»');
    expect(outcome.output).not.toContain('may go');
  }, LIMIT_MS);

  it('tells a deployment with one key what to add, and waits for processes that do not know the new one', async () => {
    // Keys of a folder have nothing to do with those of the environment.
    writeFileSync(join(dataDir, 'secrets.json'), JSON.stringify({ DATA_KEYS: key('k9'), INDEX_KEY: key('').slice(1) }));
    expect(await rotate(K1)).toMatchObject({ code: 0, output: expect.stringMatching(/DATA_KEYS=<the key that is there>,k2:[\w+/]{43}=\n/) });
    const process = new pg.Client({ connectionString: database.url, application_name: 'lk keys k1' });
    await process.connect();
    expect(await rotate(`${K2},${K1}`)).toMatchObject({ code: 1, output: expect.stringMatching(/«k1» only, and not «k2».*Nothing was changed\./) });
    await process.query("set application_name = 'lk keys k1 k2'");
    expect(await rotate(`${K2},${K1}`)).toMatchObject({ code: 0, output: expect.stringContaining('still writes with «k1»') });
    await process.query("set application_name = 'lk keys k2 k1'");
    expect(await rotate(`${K2},${K1}`)).toMatchObject({ code: 0, output: expect.stringMatching(/may go[^]*and only then/) });
    expect((await rotate(`${K2},${K1}`)).output).toContain(`INDEX_KEY=${INDEX_KEY}\n`);
    await process.end();
  }, LIMIT_MS);

  it('adds the key by itself where the data folder holds the keys, and takes the old one away when asked', async () => {
    mkdirSync(dataDir, { recursive: true });
    const secrets = join(dataDir, 'secrets.json');
    const stored = () => JSON.parse(readFileSync(secrets, 'utf8')) as Record<string, string>;
    writeFileSync(secrets, JSON.stringify({ DATA_KEYS: K1 }));
    await fillEveryTable(new KeyRing(configWith(K1).dataKeys));
    const { DATA_KEYS: _none, ...environment } = testVariables(database.url, settings(''));
    const run = (...args: string[]) => runCommand('rotate-keys.js', args, environment);

    const process = new pg.Client({ connectionString: database.url, application_name: 'lk keys k1' });
    await process.connect();
    expect(await run()).toMatchObject({ code: 0, output: expect.stringContaining('«k2» was added. Start the product again') });
    expect(stored()).toMatchObject({ DATA_KEYS: expect.stringMatching(/^k1:.*,k2:/), INDEX_KEY });
    expect(Object.keys(await valuesOn())).toEqual(['k1']);
    await process.end();

    expect(await run()).toMatchObject({ code: 0, output: expect.stringContaining('-- --forget-old') });
    expect(stored()['DATA_KEYS']).toMatch(/^k2:.*,k1:/);
    expect(await run('--forget-old')).toMatchObject({ code: 0 });
    expect(stored()['DATA_KEYS']).toMatch(/^k2:[^,]*$/);
    expect(Object.keys(await valuesOn())).toEqual(['k2']);
  }, LIMIT_MS);
});
