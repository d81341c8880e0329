import { type INestApplicationContext } from '@nestjs/common';
import { publishCatalogue } from './contexts/applications/infrastructure/publish-catalogue.js';
import { SampleStaff } from './contexts/identity/infrastructure/sample-staff.js';
import { Sql } from './platform/persistence/sql.js';

/** Arbitrary and ours: of several processes that start at once one loads, the others find it done. */
const LOAD_LOCK = 78_2027;

/** The sample catalogue and the invented staff. Repeating it changes nothing. */
export async function loadSampleData(app: INestApplicationContext): Promise<void> {
  const client = await app.get(Sql).pool.connect();
  try {
    await client.query('select pg_advisory_lock($1)', [LOAD_LOCK]);
    await publishCatalogue(client);
    await app.get(SampleStaff, { strict: false }).seed();
  } finally {
    await client.query('select pg_advisory_unlock($1)', [LOAD_LOCK]);
    client.release();
  }
}
