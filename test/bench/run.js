/*
 * `npm run bench`: how fast the product is beside the least that could do the same, both measured in one run on one database, so that the
 * speed of the machine cancels out. Aims: (a) and (b) at least 0.5 of bare; nothing lost, nothing twice.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { gatherCrowd } from '../support/crowd.js';
import { throwAwayEnvironment } from '../support/environment.js';
import { endProgram, startProgram } from '../support/processes.js';
import { showDashboards } from './dashboard.js';
import { median } from './measure.js';
import { lostAndDoubled, rowOf, sendByBarePg, sendThroughProduct } from './submit.js';

const ROUNDS = 3;
const DRAFTS = Number(process.env.BENCH_DRAFTS ?? 400);
const PORT = 3900;

const { startEmbeddedPostgres } = await import('../../dist/platform/persistence/embedded-postgres.js');
const folder = mkdtempSync(join(tmpdir(), 'lk-bench-'));
const database = await startEmbeddedPostgres({ folder: join(folder, 'postgres'), password: 'bench' });
const environment = await throwAwayEnvironment({
  DATABASE_URL: database.url,
  DATA_DIR: join(folder, 'data'),
  PORT: String(PORT),
  PUBLIC_URL: `http://localhost:${PORT}`,
  ROLE: 'web',
});
const portal = `http://127.0.0.1:${PORT}`;
const product = await startProgram('main.js', environment);
const pool = new pg.Pool({ connectionString: database.url, max: 2 });

pool.on('error', () => undefined); // the database is stopped under it when something fails
try {
  const table = [];
  const ratios = [];
  for (let round = 0; round < ROUNDS; round++) {
    const crowd = await gatherCrowd(environment, DRAFTS * 2, { first: 1 + round * DRAFTS * 2 });
    const [ours, theirs] = [crowd.slice(0, DRAFTS), crowd.slice(DRAFTS)];
    // A first hundred warms both sides up and gives the bare side rows of the right size to copy.
    if (round === 0) {
      const warmUp = await gatherCrowd(environment, 200, { first: 900_001 });
      const first = await sendThroughProduct(portal, warmUp.slice(0, 100));
      if (first.errors.size > 0) throw new Error(`The product refused: ${[...first.errors.keys()].join(', ')}`);
      await sendByBarePg(database.url, warmUp.slice(100));
    }
    const product = rowOf('(a) sending an application, product', await sendThroughProduct(portal, ours), await lostAndDoubled(pool, ours));
    const bare = rowOf('(a) the same SQL, bare pg', await sendByBarePg(database.url, theirs), await lostAndDoubled(pool, theirs));
    table.push(product, bare);
    ratios.push(product.perSecond / bare.perSecond);
  }
  const dashboards = await showDashboards({ portal, databaseUrl: database.url, environment, rounds: ROUNDS });
  table.push(...dashboards.rows);
  console.table(table);
  console.log(`(a) product / bare: median ${median(ratios).toFixed(2)} of ${ratios.map((ratio) => ratio.toFixed(2)).join(', ')} (aim 0.50)`);
  console.log(`(b) product / bare: median ${median(dashboards.ratios).toFixed(2)} of ${dashboards.ratios.map((ratio) => ratio.toFixed(2)).join(', ')} (aim 0.50)`);
} finally {
  await pool.end();
  await endProgram(product);
  await database.stop();
  rmSync(folder, { recursive: true, force: true });
}
