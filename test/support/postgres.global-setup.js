import { join } from 'node:path';
import { temporaryFolder } from './temporary-folder.js';

/** One PostgreSQL for the whole run; its first database is migrated and serves as the template of every spec's own. */
export default async function setUp() {
  // Jest does not compile what it runs before the specs: the built product serves (`npm run build`).
  const { startEmbeddedPostgres } = await import('../../dist/platform/persistence/embedded-postgres.js');
  const { migrate } = await import('../../dist/platform/persistence/migrate.js');
  const { prepareQueues } = await import('../../dist/platform/queue/connection.js');
  const folder = temporaryFolder('lk-test-');
  const database = await startEmbeddedPostgres({
    folder: join(folder, 'postgres'),
    password: 'test',
    settings: { fsync: 'off', synchronous_commit: 'off', full_page_writes: 'off' },
  });
  await migrate(database.url);
  await prepareQueues({ databaseUrl: database.url });
  globalThis.testServer = { database, folder };
  process.env.TEST_DATABASE_URL = database.url;
}
