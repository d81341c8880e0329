import type pg from 'pg';

/** Storage keys of all bytes that some record speaks of, and what they come to unencrypted: what a backup has to hold. */
export async function keptContents(client: pg.Client): Promise<readonly { readonly key: string; readonly bytes: number }[]> {
  const { rows } = await client.query<{ key: string; bytes: number }>(
    `select distinct on (content_id) content_id as key, bytes from documents.stored_file where scan <> 'INFECTED' order by content_id`,
  );
  return rows;
}
