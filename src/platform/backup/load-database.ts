import { join } from 'node:path';
import type pg from 'pg';
import { Obstacle } from '../config/obstacle.js';
import { RESTORE_MARK } from '../persistence/migrate.js';
import { type Backup, tableFile } from './backup-folder.js';
import { quoted, type TableLayout, tablesOf } from './database-layout.js';
import { contentsOf, copyIn } from './table-copy.js';

interface ForeignKey {
  readonly table: string;
  readonly name: string;
  readonly definition: string;
}

/**
 * Fills the tables that the migrations have made with what the backup holds, in one transaction: it takes away the mark of the restore,
 * too. Needs no more rights than those of the tables' owner. Throws Obstacle when a table does not come out as it went in.
 */
export async function loadDatabase(client: pg.Client, backup: Backup, schemas: readonly string[]): Promise<void> {
  const { tables, sequences } = backup.manifest;
  const isWanted = ({ name }: { readonly name: string }) => schemas.includes(name.slice(0, name.indexOf('.')));
  const wanted = tables.filter(isWanted);
  const layouts = new Map((await tablesOf(client, schemas)).map((layout) => [layout.name, layout]));
  for (const table of wanted) requireSameColumns(table, layouts.get(table.name));
  const names = wanted.map(({ name }) => quoted(name));

  await client.query('begin');
  const foreignKeys = await foreignKeysOf(client, schemas);
  for (const { table, name } of foreignKeys) await client.query(`alter table ${table} drop constraint ${name}`);
  for (const name of names) await client.query(`alter table ${name} disable trigger user`);
  await client.query(`truncate ${names.join(', ')}`);
  for (const table of wanted) await copyIn(client, table, join(backup.folder, tableFile(table.name)));
  for (const sequence of sequences.filter(isWanted)) {
    await client.query(`create sequence if not exists ${quoted(sequence.name)} ${sequence.definition}`);
    await client.query('select setval($1::regclass, $2, $3)', [quoted(sequence.name), sequence.value, sequence.called]);
  }
  for (const name of names) await client.query(`alter table ${name} enable trigger user`);
  for (const { table, name, definition } of foreignKeys) await client.query(`alter table ${table} add constraint ${name} ${definition}`);
  for (const table of wanted) {
    const now = await contentsOf(client, layouts.get(table.name)!);
    if (now.rows !== table.rows || now.sha256 !== table.sha256)
      throw new Obstacle(`The table ${table.name} did not come out as it went in (${now.rows} rows of ${table.rows}). Nothing was kept; restore again.`);
  }
  await client.query(`drop schema ${RESTORE_MARK}`);
  await client.query('commit');
  await client.query('analyze');
}

function requireSameColumns(table: { readonly name: string; readonly columns: readonly string[] }, layout: TableLayout | undefined): void {
  if (layout?.columns.join() === table.columns.join()) return;
  throw new Obstacle(`The table ${table.name} is another one in this product. Restore with the product that took the backup, then update it.`);
}

async function foreignKeysOf(client: pg.Client, schemas: readonly string[]): Promise<ForeignKey[]> {
  const { rows } = await client.query<ForeignKey>(
    `select conrelid::regclass::text as table, quote_ident(conname) as name, pg_get_constraintdef(oid) as definition
     from pg_constraint where contype = 'f' and connamespace = any (select oid from pg_namespace where nspname = any ($1))`,
    [schemas],
  );
  return rows;
}
