import type pg from 'pg';

const NAME = 'lk keys';

/**
 * What connections of a process of the product are named (`PGAPPNAME`): the ids of the keys it holds, the one it encrypts with first. So
 * the database knows at any moment who can read what. PostgreSQL keeps 63 bytes of it: ids are short.
 */
export const holderName = (keyIds: readonly string[]): string => [NAME, ...keyIds].join(' ');

/** The key ids of each process that is connected at this moment; processes with the same keys are one. */
export async function keyHolders(client: pg.Client): Promise<readonly (readonly string[])[]> {
  const { rows } = await client.query<{ name: string }>(
    `select distinct application_name as name from pg_stat_activity
     where datname = current_database() and pid <> pg_backend_pid() and starts_with(application_name, $1)`,
    [`${NAME} `],
  );
  return rows.map(({ name }) => name.slice(NAME.length + 1).split(' '));
}
