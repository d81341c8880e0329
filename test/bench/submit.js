/* (a) Sending applications: 200 at once through the product, against the same SQL sent by bare `pg` on the same database. */
import { fork } from 'node:child_process';
import { cpuOf, summarise } from './measure.js';
import { multiply } from './multiply.js';

const AT_ONCE = 200;
/** What the product takes by default, too. */
const DATABASE_CONNECTIONS = 20;

/** Lets a process of its own send for each of the crowd, by one of the ways of `sender.js`. */
export function sendBy(side, target, crowd, atOnce = AT_ONCE) {
  return new Promise((sent, failed) => {
    const sender = fork(new URL('./sender.js', import.meta.url), { execArgv: [] });
    sender.once('message', sent);
    sender.once('exit', (code, signal) => failed(new Error(`The sender ended with ${signal ?? code}`)));
    sender.send({ side, target, crowd, atOnce });
  });
}

/** How many of the crowd have no application, and how many have more than one. */
async function lostAndDoubled(pool, crowd) {
  const { rows } = await pool.query(
    `select (count(*) filter (where applications = 0))::int as lost, (count(*) filter (where applications > 1))::int as doubled
     from (select count(a.id) as applications from unnest($1::uuid[]) as citizen(id)
           left join applications.service_application a on a.applicant_id = citizen.id group by citizen.id) as per_citizen`,
    [crowd.map(({ accountId }) => accountId)],
  );
  return rows[0];
}

/** One round: both sides send as many drafts, which goes first changes from round to round. */
export async function sendApplications({ portal, databaseUrl, pool, pattern, drafts, productFirst }) {
  const crowds = { product: await multiply(pool, pattern, drafts), bare: await multiply(pool, pattern, drafts) };
  const rows = {};
  const each = (milliseconds) => Math.round((milliseconds / drafts) * 100) / 100;
  for (const side of productFirst ? ['product', 'bare'] : ['bare', 'product']) {
    const target =
      side === 'product' ? { portal, connections: AT_ONCE } : { databaseUrl, connections: DATABASE_CONNECTIONS };
    const before = side === 'product' ? await cpuOf(portal) : 0;
    const result = await sendBy(side, target, crowds[side]);
    const spent = side === 'product' ? (await cpuOf(portal)) - before : result.cpuMilliseconds;
    rows[side] = { ...summarise(result), 'CPU ms each': each(spent), ...(await lostAndDoubled(pool, crowds[side])) };
    if (side === 'product') rows[side]['sender CPU'] = each(result.cpuMilliseconds);
  }
  return rows;
}
