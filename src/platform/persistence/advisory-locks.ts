import { type Sql } from './sql.js';

/** Any number of processes may start at once: the first migrates, the others wait. A backup shares it until it holds its tables. */
export const MIGRATION_LOCK = 78_2026;

/** Shared by whoever re-encrypts what is stored; a backup takes it alone, so that it meets no key it knows nothing of. */
export const KEY_ROTATION_LOCK = 78_2029;

/**
 * PostgreSQL advisory lock round the bytes of files. Whoever erases bytes that the database knew a moment ago shares it (`whileShared`); a
 * backup takes it alone (`pg_advisory_lock`) from before its snapshot of the database until the last file is copied, so that every
 * file its snapshot speaks of is still there. What cannot be erased meanwhile is erased by the next run.
 */
export const FILES_ERASURE_LOCK = 78_2028;

/** Runs `work` while sharing the lock; answers false, without running it, when somebody has the lock alone or waits for it. */
export async function whileShared(sql: Sql, lock: number, work: () => Promise<void>): Promise<boolean> {
  const client = await sql.pool.connect();
  try {
    const { rows } = await client.query<{ shared: boolean }>('select pg_try_advisory_lock_shared($1) as shared', [lock]);
    if (!rows[0]?.shared) return false;
    try {
      await work();
      return true;
    } finally {
      await client.query('select pg_advisory_unlock_shared($1)', [lock]);
    }
  } finally {
    client.release();
  }
}
