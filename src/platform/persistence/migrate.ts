import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Migration, Migrator } from '@mikro-orm/migrations';
import { MikroORM } from '@mikro-orm/postgresql';
import pg from 'pg';
import { Obstacle } from '../config/obstacle.js';
import { MIGRATION_LOCK } from './advisory-locks.js';

const MIGRATIONS = join(import.meta.dirname, '../../../migrations');

const asMigration = (name: string, sql: string) => ({
  name,
  class: class extends Migration {
    override up(): void {
      this.addSql(sql);
    }
  },
});

/** The schemas of the product, each with its folder of migrations. */
export const SCHEMAS = ['platform', 'identity', 'profile', 'documents', 'applications', 'payments', 'notifications'] as const;

/** A schema that stands while a backup is being restored. */
export const RESTORE_MARK = 'unfinished_restore';

/** Reads `migrations/<context>/NNNN-title.sql`, each context's in the order of its numbers. */
const readMigrations = (root: string) =>
  SCHEMAS.flatMap((context) =>
    readdirSync(join(root, context))
      .filter((file) => file.endsWith('.sql'))
      .sort()
      .map((file) => asMigration(`${context}/${file.replace(/\.sql$/, '')}`, readFileSync(join(root, context, file), 'utf8'))),
  );

/** The names of all migrations of this product, in their order. */
export const migrationNames = (): readonly string[] => readMigrations(MIGRATIONS).map(({ name }) => name);

/** Brings the database up to date and says which migrations ran. A failing one leaves the database as it was. Throws Obstacle on half a restore. */
export const migrate = (databaseUrl: string): Promise<string[]> => runMigrations(databaseUrl, async (client) => {
  const { rowCount } = await client.query('select 1 from pg_namespace where nspname = $1', [RESTORE_MARK]);
  if (rowCount !== 0) throw new Obstacle('A backup was being restored here and is not whole yet. Run `npm run restore` again to its end.');
});

/** Makes a database for a backup to be restored into: with these migrations, and not with those that came later. */
export const migrateTo = (databaseUrl: string, names: readonly string[]): Promise<string[]> =>
  runMigrations(databaseUrl, () => Promise.resolve(), new Set(names));

async function runMigrations(databaseUrl: string, check: (client: pg.Client) => Promise<void>, names?: ReadonlySet<string>): Promise<string[]> {
  const lock = new pg.Client({ connectionString: databaseUrl });
  await lock.connect();
  try {
    await lock.query('select pg_advisory_lock($1)', [MIGRATION_LOCK]);
    await check(lock);
    await lock.query('create schema if not exists platform');
    const migrationsList = readMigrations(MIGRATIONS).filter(({ name }) => names?.has(name) ?? true);
    const orm = await MikroORM.init({
      clientUrl: databaseUrl,
      entities: [],
      discovery: { warnWhenNoEntities: false },
      extensions: [Migrator],
      migrations: { tableName: 'platform.migration', migrationsList, snapshot: false, silent: true },
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
