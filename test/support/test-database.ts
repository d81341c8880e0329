import { randomUUID } from 'node:crypto';
import pg from 'pg';

export interface TestDatabase {
  readonly url: string;
  drop(): Promise<void>;
}

async function asOwner(url: string, statement: string): Promise<void> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    await client.query(statement);
  } finally {
    await client.end();
  }
}

/** A migrated, empty database of this spec alone. Fails when there is no PostgreSQL: an absent server is never a reason to skip. */
export async function testDatabase(): Promise<TestDatabase> {
  const template = process.env['TEST_DATABASE_URL'];
  if (!template) throw new Error('Run this spec in the project `integration`: it needs PostgreSQL');
  const name = `t_${randomUUID().replaceAll('-', '')}`;
  const server = new URL(template);
  server.pathname = '/postgres';
  await asOwner(server.href, `create database ${name} template lk`);
  const own = new URL(template);
  own.pathname = `/${name}`;
  return { url: own.href, drop: () => asOwner(server.href, `drop database ${name} with (force)`) };
}
