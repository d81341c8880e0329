/*
 * `npm run bench`: how fast the product is beside the least that could do the same, both measured in one run on one database, so that the
 * speed of the machine cancels out. Aims: at least 0.5 of bare in every row; nothing lost, nothing twice. See docs/performance.md.
 */
import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { gatherCrowd } from '../support/crowd.js';
import { throwAwayEnvironment } from '../support/environment.js';
import { endProgram, startProgram } from '../support/processes.js';
import { DASHBOARD_PARTS, gatherVisitors } from './dashboard.js';
import { keepDocuments, LIST_PARTS } from './documents.js';
import { median, summaryOf } from './measure.js';
import { requireSamePages, startBare, visit } from './pages.js';
import { sendApplications } from './submit.js';
import { startBareUpload, uploadScans } from './upload.js';

const ROUNDS = Number(process.env.BENCH_ROUNDS ?? 9);
/** Drafts a side sends in a round. */
const DRAFTS = Number(process.env.BENCH_DRAFTS ?? 1500);
/** How long a side answers for a page in a round. */
const SECONDS = Number(process.env.BENCH_SECONDS ?? 4);
/** V8 goes on compiling for tens of thousands of requests: both sides are measured after the same number of them. */
const WARM_UP = { drafts: 4000, pages: 15_000, lists: 3000, uploads: 2 };
const ROWS = {
  a: '(a) sending an application',
  b: '(b) dashboard',
  c: '(c) list of 200 documents',
  d: '(d) upload of 3 MB',
};
/** Rows to measure, by their letters. */
const WANTED = process.env.BENCH_ROWS ?? 'abcd';
const PORT = 3900;

const { startEmbeddedPostgres } = await import('../../dist/platform/persistence/embedded-postgres.js');
const folder = mkdtempSync(join(tmpdir(), 'lk-bench-'));
chmodSync(folder, 0o755); // as root, PostgreSQL runs as another user and has to come in
const database = await startEmbeddedPostgres({ folder: join(folder, 'postgres'), password: 'bench' });
const pool = new pg.Pool({ connectionString: database.url, max: 2 });
pool.on('error', () => undefined); // the database is stopped under it when something fails
const portal = `http://127.0.0.1:${PORT}`;
let product;
try {
  const environment = await throwAwayEnvironment({
    DATABASE_URL: database.url,
    DATA_DIR: join(folder, 'data'),
    PORT: String(PORT),
    PUBLIC_URL: `http://localhost:${PORT}`,
    ROLE: 'web',
  });
  product = await startProgram('main.js', environment);
  const [pattern] = await gatherCrowd(environment, 1, { documents: true });
  const table = [];
  const ratios = {};
  const note = (row, product, bare) => {
    table.push({ row, side: 'product', ...product }, { row, side: 'bare', ...bare });
    (ratios[row] ??= []).push(product['per second'] / bare['per second']);
  };
  const send = (drafts, productFirst) =>
    sendApplications({ portal, databaseUrl: database.url, pool, pattern, drafts, productFirst });
  const thorough = WANTED.includes('a');
  // Leaves rows of the product, too: the bare side sends their values, the dashboard copies them.
  await send(thorough ? WARM_UP.drafts : 10, true);
  for (let round = 0; thorough && round < ROUNDS; round++) {
    const { product, bare } = await send(DRAFTS, round % 2 === 0);
    note(ROWS.a, product, bare);
  }
  const visitors = await gatherVisitors(pool, pattern, portal);
  const bare = await startBare({ ...environment, PORT: String(PORT + 1) });
  const comparePages = async (row, path, parts, warmUp) => {
    const bytes = await requireSamePages(portal, bare.address, path, visitors.slice(0, 5), parts);
    console.log(`${row}: both sides give the same page of ${bytes} bytes`);
    for (const address of [portal, bare.address]) await visit(address, path, visitors, { amount: warmUp });
    for (let round = 0; round < ROUNDS; round++) {
      const sides = {};
      for (const address of round % 2 === 0 ? [portal, bare.address] : [bare.address, portal])
        sides[address] = await visit(address, path, visitors, { duration: SECONDS });
      note(row, sides[portal], sides[bare.address]);
    }
  };
  try {
    if (WANTED.includes('b')) await comparePages(ROWS.b, '/cabinet', DASHBOARD_PARTS, WARM_UP.pages);
    if (WANTED.includes('c')) {
      await keepDocuments(pool, pattern.documentId, visitors);
      await comparePages(ROWS.c, '/documents', LIST_PARTS, WARM_UP.lists);
    }
  } finally {
    await bare.stop();
  }
  const bareUpload = await startBareUpload(PORT + 2, join(folder, 'bare-files'));
  try {
    const sides = { product: { address: portal, pid: product.pid, folder: join(environment.DATA_DIR, 'files') }, bare: bareUpload };
    const upload = (productFirst) => uploadScans({ ...sides, pool, visitors, productFirst });
    for (let round = 0; WANTED.includes('d') && round < WARM_UP.uploads + ROUNDS; round++) {
      const rows = await upload(round % 2 === 0);
      if (round >= WARM_UP.uploads) note(ROWS.d, rows.product, rows.bare);
    }
  } finally {
    await bareUpload.stop();
  }
  const summary = summaryOf(table);
  console.table(table);
  console.log('Medians of the rounds; errors, lost and doubled applications of all rounds:');
  console.table(summary);
  for (const [row, values] of Object.entries(ratios)) {
    console.log(
      `${row}: product / bare = ${median(values).toFixed(2)}, the median of ${values.map((ratio) => ratio.toFixed(2)).join(', ')} (aim 0.50)`,
    );
  }
  if (summary.some(({ errors, lost, doubled }) => errors > 0 || lost > 0 || doubled > 0)) process.exitCode = 1;
} finally {
  await pool.end();
  if (product) await endProgram(product);
  await database.stop();
  rmSync(folder, { recursive: true, force: true });
}
