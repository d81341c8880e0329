import type pg from 'pg';

export interface StoredRow {
  /** `documents.stored_file`. */
  readonly table: string;
  /** All its columns as PostgreSQL writes them. */
  readonly text: string;
}

/** Every row of every table of the product, whichever context or library made it. */
export async function wholeDatabase(pool: pg.Pool): Promise<StoredRow[]> {
  const { rows: tables } = await pool.query<{ name: string }>(
    `select format('%I.%I', schemaname, tablename) as name from pg_tables where schemaname not in ('pg_catalog', 'information_schema') order by 1`,
  );
  const rows: StoredRow[] = [];
  for (const { name } of tables) {
    const found = await pool.query<{ text: string }>(`select t::text as text from ${name} t`);
    rows.push(...found.rows.map(({ text }) => ({ table: name, text })));
  }
  return rows;
}
