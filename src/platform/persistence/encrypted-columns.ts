import { type EntityMetadata } from '@mikro-orm/core';
import { MikroORM } from '@mikro-orm/postgresql';
import pg from 'pg';
import { Encrypted } from './encrypted-text.js';
import { type Mapping } from './persistence.module.js';

/** A table with columns that are encrypted at rest; all names as SQL writes them. */
export interface EncryptedTable {
  readonly name: string;
  readonly key: readonly { readonly column: string; readonly type: string }[];
  readonly columns: readonly string[];
}

/** All of them, as the mappings say: a column becomes one by being mapped as EncryptedText or EncryptedJson. */
export async function encryptedTables(databaseUrl: string, mappings: readonly Mapping[]): Promise<EncryptedTable[]> {
  const orm = await MikroORM.init({ clientUrl: databaseUrl, entities: [...(mappings as never[])], ensureDatabase: false });
  try {
    const metadata: EntityMetadata[] = [...orm.getMetadata().getAll().values()];
    return metadata.flatMap(encryptedIn).sort((a, b) => (a.name < b.name ? -1 : 1));
  } finally {
    await orm.close();
  }
}

function encryptedIn({ schema, tableName, props, primaryKeys, properties }: EntityMetadata): EncryptedTable[] {
  const columns = props.filter(({ customType, persist }) => customType instanceof Encrypted && persist !== false).flatMap(({ fieldNames }) => fieldNames);
  if (columns.length === 0) return [];
  const key = primaryKeys.flatMap((name) => {
    const { fieldNames, columnTypes } = properties[name]!;
    return fieldNames.map((column, at) => ({ column: pg.escapeIdentifier(column), type: columnTypes[at]! }));
  });
  const name = `${pg.escapeIdentifier(schema ?? 'public')}.${pg.escapeIdentifier(tableName)}`;
  return [{ name, key, columns: columns.map((column) => pg.escapeIdentifier(column)) }];
}

/** How many values of these tables rest on which key, by its id. A value that is no encrypted text counts under an empty id. */
export async function keysInColumns(client: pg.Client, tables: readonly EncryptedTable[]): Promise<Map<string, number>> {
  const found = new Map<string, number>();
  for (const { name, columns } of tables) {
    for (const column of columns) {
      const { rows } = await client.query<{ key: string; values: number }>(
        `select case when ${column} like 'v1.%' then split_part(${column}, '.', 2) else '' end as key, count(*)::int as values
         from ${name} where ${column} is not null group by 1`,
      );
      for (const { key, values } of rows) found.set(key, (found.get(key) ?? 0) + values);
    }
  }
  return found;
}
