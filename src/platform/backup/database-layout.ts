import pg from 'pg';

/** A table as a backup sees it. */
export interface TableLayout {
  /** `schema.name`. */
  readonly name: string;
  /** Columns that are written, in their order; generated ones are computed again. */
  readonly columns: readonly string[];
  /** What its rows are ordered by, so that equal tables have equal copies on any server: its key, texts by their bytes. */
  readonly order: string;
}

/** How a sequence counts and where it stands; `value` is a bigint. */
export interface SequenceState {
  readonly name: string;
  /** As `create sequence` takes it: some are made while the product runs, and no migration knows them. */
  readonly definition: string;
  readonly value: string;
  readonly called: boolean;
}

const TABLES = `
  select n.nspname as schema, c.relname as name,
    array(
      select attname::text from pg_attribute
      where attrelid = c.oid and attnum > 0 and not attisdropped and attgenerated = '' order by attnum
    ) as columns,
    array(
      select quote_ident(a.attname) || case when a.attcollation <> 0 then ' collate "C"' else '' end
      from pg_index i cross join unnest(i.indkey::int2[]) with ordinality as k(attnum, place)
      join pg_attribute a on a.attrelid = c.oid and a.attnum = k.attnum
      where i.indrelid = c.oid and i.indisprimary order by k.place
    ) as key
  from pg_class c join pg_namespace n on n.oid = c.relnamespace
  where c.relkind = 'r' and n.nspname = any ($1)
  order by n.nspname, c.relname`;

/** All tables of the schemas. */
export async function tablesOf(client: pg.Client, schemas: readonly string[]): Promise<TableLayout[]> {
  const { rows } = await client.query<{ schema: string; name: string; columns: string[]; key: string[] }>(TABLES, [schemas]);
  return rows.map(({ schema, name, columns, key }) => ({
    name: `${schema}.${name}`,
    columns,
    order: key.length > 0 ? key.join(', ') : 't::text collate "C"',
  }));
}

/** All sequences of the schemas. They stand outside transactions: what is read now is never behind a snapshot taken before. */
export async function sequencesOf(client: pg.Client, schemas: readonly string[]): Promise<SequenceState[]> {
  const { rows } = await client.query<{ schema: string; name: string; definition: string }>(
    `select schemaname as schema, sequencename as name,
       format('as %s increment %s minvalue %s maxvalue %s start %s cache %s', data_type, increment_by, min_value, max_value, start_value, cache_size)
         || case when cycle then ' cycle' else '' end as definition
     from pg_sequences where schemaname = any ($1) order by 1, 2`,
    [schemas],
  );
  const states: SequenceState[] = [];
  for (const { schema, name, definition } of rows) {
    const state = await client.query<{ value: string; called: boolean }>(
      `select last_value::text as value, is_called as called from ${quoted(`${schema}.${name}`)}`,
    );
    states.push({ name: `${schema}.${name}`, definition, ...state.rows[0]! });
  }
  return states;
}

/** `schema.name` as SQL writes it. */
export function quoted(qualified: string): string {
  const dot = qualified.indexOf('.');
  return `${pg.escapeIdentifier(qualified.slice(0, dot))}.${pg.escapeIdentifier(qualified.slice(dot + 1))}`;
}
