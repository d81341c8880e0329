import { createHash, randomBytes, randomUUID } from 'node:crypto';

/** Rows of `table` like the one where `key` is `value`, each with the fields of one item of `changes` in place of its own. */
export const copyRow = (client, table, key, value, changes) =>
  client.query(
    `insert into ${table} select (jsonb_populate_record(pattern, change)).* from ${table} pattern, jsonb_array_elements($2) change where pattern.${key} = $1`,
    [value, JSON.stringify(changes)],
  );

/**
 * `count` more citizens like `pattern` (one of `gatherCrowd`'s, made by the product's own use cases): account, session, person and filled
 * draft are copied row by row under new ids, so that thousands of prepared drafts take seconds and have the size of real ones.
 */
export async function multiply(pool, pattern, count) {
  const [cookieName] = pattern.cookie.split('=');
  const citizens = Array.from({ length: count }, () => ({
    accountId: randomUUID(),
    draftId: randomUUID(),
    version: pattern.version,
    token: randomBytes(32).toString('base64url'),
  }));
  const hashOf = (token) => createHash('sha256').update(token).digest('base64url');
  const client = await pool.connect();
  try {
    await client.query('begin');
    await copyRow(
      client,
      'identity.account',
      'id',
      pattern.accountId,
      citizens.map(({ accountId }) => ({ id: accountId, oid: accountId })),
    );
    await copyRow(
      client,
      'identity.session',
      'account_id',
      pattern.accountId,
      citizens.map(({ accountId, token }) => ({
        id: randomUUID(),
        account_id: accountId,
        token_hash: hashOf(token),
        last_seen_at: new Date(),
      })),
    );
    await copyRow(
      client,
      'profile.person',
      'account_id',
      pattern.accountId,
      citizens.map(({ accountId }) => ({ account_id: accountId })),
    );
    await copyRow(
      client,
      'applications.draft',
      'id',
      pattern.draftId,
      citizens.map(({ accountId, draftId }) => ({ id: draftId, applicant_id: accountId })),
    );
    await client.query('commit');
  } finally {
    client.release();
  }
  await pool.query('vacuum analyze');
  return citizens.map(({ accountId, draftId, version, token }) => ({
    accountId,
    draftId,
    version,
    cookie: `${cookieName}=${token}`,
    sessionHash: hashOf(token),
  }));
}
