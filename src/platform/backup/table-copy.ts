import { createHash, type Hash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { Writable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { createGunzip, createGzip } from 'node:zlib';
import pg from 'pg';
import { from as copyFrom, to as copyTo } from 'pg-copy-streams';
import { quoted, type TableLayout } from './database-layout.js';

/** What a table holds: two tables with equal contents have equal rows. */
export interface TableContents {
  readonly rows: number;
  /** Of its rows as COPY writes them, in the order of the layout; hex. */
  readonly sha256: string;
}

/** Values are written the same way by every server and in every session. */
const SAME_WRITING = `
  set timezone = 'UTC'; set datestyle = 'ISO, YMD'; set intervalstyle = 'postgres'; set extra_float_digits = 1;
  set bytea_output = 'hex'; set statement_timeout = 0; set lock_timeout = 0; set idle_in_transaction_session_timeout = 0`;

/** A connection whose copies can be compared. The caller ends it. */
export async function connectForCopies(databaseUrl: string): Promise<pg.Client> {
  const client = new pg.Client({ connectionString: databaseUrl });
  client.on('error', () => undefined); // whoever uses it learns of its end from the next query
  await client.connect();
  await client.query(SAME_WRITING);
  return client;
}

const columnsOf = (table: Pick<TableLayout, 'columns'>): string => table.columns.map((name) => pg.escapeIdentifier(name)).join(', ');

function openCopy(client: pg.Client, table: TableLayout) {
  return client.query(copyTo(`copy (select ${columnsOf(table)} from ${quoted(table.name)} t order by ${table.order}) to stdout`));
}

async function* hashing(content: AsyncIterable<Buffer>, hash: Hash): AsyncIterable<Buffer> {
  for await (const chunk of content) {
    hash.update(chunk);
    yield chunk;
  }
}

/** Writes the rows, compressed, through `write`. */
export async function copyOut(client: pg.Client, table: TableLayout, write: (content: AsyncIterable<Buffer>) => Promise<void>): Promise<TableContents> {
  const copy = openCopy(client, table);
  const hash = createHash('sha256');
  const packed = createGzip({ level: 4 });
  await Promise.all([pipeline(copy, (content: AsyncIterable<Buffer>) => hashing(content, hash), packed), write(packed)]);
  return { rows: copy.rowCount, sha256: hash.digest('hex') };
}

/** What the table holds now. */
export async function contentsOf(client: pg.Client, table: TableLayout): Promise<TableContents> {
  const copy = openCopy(client, table);
  const hash = createHash('sha256');
  const sink = new Writable({
    write: (chunk: Buffer, _encoding, done) => {
      hash.update(chunk);
      done();
    },
  });
  await pipeline(copy, sink);
  return { rows: copy.rowCount, sha256: hash.digest('hex') };
}

/** Adds the rows of a copy that `copyOut` wrote. */
export async function copyIn(client: pg.Client, table: Pick<TableLayout, 'name' | 'columns'>, file: string): Promise<void> {
  await pipeline(createReadStream(file), createGunzip(), client.query(copyFrom(`copy ${quoted(table.name)} (${columnsOf(table)}) from stdin`)));
}
