import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Migration, Migrator } from '@mikro-orm/migrations';
import { MikroORM } from '@mikro-orm/postgresql';
import pg from 'pg';

/** Any number of processes may start at once: the first migrates, the others wait. The number is arbitrary and ours. */
const MIGRATION_LOCK = 78_2026;

const MIGRATIONS = join(import.meta.dirname, '../../../migrations');

const asMigration = (name: string, sql: string) => ({
  name,
  class: class extends Migration {
    override up(): void {
      this.addSql(sql);
    }
  },
});

const folders = ['platform', 'identity', 'profile', 'documents', 'applications', 'payments', 'notifications'];

/** Reads `migrations/<context>/NNNN-title.sql`, each context's in the order of its numbers. */
const readMigrations = (root: string) =>
  folders.flatMap((context) =>
    readdirSync(join(root, context))
      .filter((file) => file.endsWith('.sql'))
      .sort()
      .map((file) => asMigration(`${context}/${file.replace(/\.sql$/, '')}`, readFileSync(join(root, context, file), 'utf8'))),
  );

/** Brings the database up to date and says which migrations ran. A failing one leaves the database as it was. */
export async function migrate(databaseUrl: string, root = MIGRATIONS): Promise<string[]> {
  const lock = new pg.Client({ connectionString: databaseUrl });
  await lock.connect();
  try {
    await lock.query('select pg_advisory_lock($1)', [MIGRATION_LOCK]);
    await lock.query('create schema if not exists platform');
    const orm = await MikroORM.init({
      clientUrl: databaseUrl,
      entities: [],
      discovery: { warnWhenNoEntities: false },
      extensions: [Migrator],
      migrations: { tableName: 'platform.migration', migrationsList: readMigrations(root), snapshot: false, silent: true },
    });
    try {
      return (await orm.migrator.up()).map(({ name }) => name);
    } finally {
      await orm.close();
    }
  } finally {
    await lock.end();
  }
}
