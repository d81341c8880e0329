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
export const testDatabase = (): Promise<TestDatabase> => createDatabase('template lk');

/** A database with nothing in it, not even our schemas. */
export const bareDatabase = (): Promise<TestDatabase> => createDatabase('');

/** As bareDatabase, reached by its owner, who has no rights beyond it: the database of a server that others look after. */
export async function ownedDatabase(): Promise<TestDatabase> {
  const database = await bareDatabase();
  const own = new URL(database.url);
  const name = own.pathname.slice(1);
  await asOwner(database.url, `create role ${name} login password 'owner'`);
  await asOwner(database.url, `alter database ${name} owner to ${name}`);
  const server = new URL(own);
  server.pathname = '/postgres';
  [own.username, own.password] = [name, 'owner'];
  return {
    url: own.href,
    drop: async () => {
      await database.drop();
      await asOwner(server.href, `drop role ${name}`);
    },
  };
}

async function createDatabase(how: string): Promise<TestDatabase> {
  const template = process.env['TEST_DATABASE_URL'];
  if (!template) throw new Error('Run this spec in the project `integration`: it needs PostgreSQL');
  const name = `t_${randomUUID().replaceAll('-', '')}`;
  const server = new URL(template);
  server.pathname = '/postgres';
  await asOwner(server.href, `create database ${name} ${how}`);
  const own = new URL(template);
  own.pathname = `/${name}`;
  return { url: own.href, drop: () => asOwner(server.href, `drop database ${name} with (force)`) };
}
