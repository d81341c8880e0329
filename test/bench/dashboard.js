/* (b) The first page of the cabinet: the product against a bare Fastify + Handlebars + pg handler that gives the same HTML. */
import { fork } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import autocannon from 'autocannon';
import { endProgram } from '../support/processes.js';
import { cpuOf } from './measure.js';
import { copyRow, multiply } from './multiply.js';

const CITIZENS = 200;
const AT_ONCE = 50;

/** The cookie every browser has from its first page on. */
async function antiForgeryCookie(portal) {
  const { headers } = await fetch(`${portal}/`);
  return headers
    .getSetCookie()
    .find((line) => line.startsWith('__Host-csrf='))
    .split(';')[0];
}

/** Citizens who have something on every part of the page: drafts, an application that waits for them, two in progress, fines, notifications. */
export async function gatherVisitors(pool, pattern, portal) {
  const visitors = await multiply(pool, pattern, CITIZENS);
  const antiForgery = await antiForgeryCookie(portal);
  const accounts = visitors.map(({ accountId }) => accountId);
  const { rows } = await pool.query('select id from applications.service_application limit 1');
  const applicationsLike = (changes) =>
    copyRow(
      pool,
      'applications.service_application',
      'id',
      rows[0].id,
      accounts.map((account) => ({
        id: randomUUID(),
        applicant_id: account,
        registration_number: randomUUID(),
        ...changes,
      })),
    );
  await applicationsLike({ status: 'AWAITING_INFO', respond_by: '2099-12-31' });
  await applicationsLike({ status: 'SENT' });
  await applicationsLike({ status: 'IN_PROGRESS' });
  for (const [age, progress] of [
    ['1', 40],
    ['2', 80],
  ])
    await copyRow(
      pool,
      'applications.draft',
      'id',
      pattern.draftId,
      accounts.map((account) => ({
        id: randomUUID(),
        applicant_id: account,
        updated_at: `2026-01-0${age}`,
        progress_percent: progress,
      })),
    );
  await pool.query(
    `insert into payments.fine (id, account_id, uin, vehicle_id, status, decree_number, decree_date, offence, purpose, amount_kopecks, terms_source,
       discount_possible, discount_percent, discounted_kopecks, discount_until, found_at, as_of)
     select gen_random_uuid(), account, '1881000000000000000' || n, gen_random_uuid(), 'UNPAID', '1881007826000000000' || n, current_date, 'Превышение скорости',
       'Штраф по постановлению № 1881007826000000000' || n || ', превышение скорости на 20–40 км/ч', 75000, 'REGISTRY', true, 25, 56250, current_date + n, now(), now()
     from unnest($1::uuid[]) account, generate_series(1, 4) n`,
    [accounts],
  );
  await pool.query(
    `insert into notifications.notification (id, account_id, kind, event_id, category, title, text, link, created_at, search_text)
     select gen_random_uuid(), account, 'APPLICATION_STATUS', gen_random_uuid(), 'APPLICATIONS', 'Заявление принято к рассмотрению', 'Заявление передано в ведомство.',
       '/applications', now() - n * interval '1 hour', 'заявление'
     from unnest($1::uuid[]) account, generate_series(1, 7) n`,
    [accounts],
  );
  await pool.query('vacuum analyze');
  return visitors.map((visitor) => ({ ...visitor, cookie: `${antiForgery}; ${visitor.cookie}` }));
}

/** The bare server; rejects when it ends before it listens. */
export const startBare = (environment) =>
  new Promise((started, failed) => {
    const server = fork(new URL('./bare-dashboard.js', import.meta.url), {
      env: { PATH: process.env.PATH, ...environment },
      execArgv: [],
    });
    server.once('exit', (code, signal) => failed(new Error(`The bare server ended with ${signal ?? code}`)));
    server.once('message', () =>
      started({ address: `http://127.0.0.1:${environment.PORT}`, stop: () => endProgram(server) }),
    );
  });

/** The page without what differs from request to request. */
async function maskedPage(address, { cookie }) {
  const answer = await fetch(`${address}/cabinet`, { headers: { cookie } });
  const html = await answer.text();
  const token = /name="csrf-token" content="([^"]+)"/.exec(html)?.[1];
  if (answer.status !== 200 || !token) throw new Error(`${address} answered ${answer.status}`);
  return html.replaceAll(token, 'TOKEN');
}

/** Throws unless both sides show these people the same page, with every part on it. Answers its size in bytes. */
export async function requireSamePages(portal, bare, visitors) {
  for (const visitor of visitors) {
    const [ours, theirs] = [await maskedPage(portal, visitor), await maskedPage(bare, visitor)];
    if (ours !== theirs) throw new Error('The two dashboards differ: the comparison would be worth nothing');
    for (const part of ['awaiting', 'fines', 'drafts', 'unread'])
      if (!ours.includes(`id="${part}"`)) throw new Error(`The dashboard lacks ${part}`);
  }
  return Buffer.byteLength(await maskedPage(portal, visitors[0]));
}

/** One side of one round, `limit` being autocannon's `duration` or `amount`. No compression on either side: browsers get it from the product only. */
export async function visit(address, visitors, limit) {
  const before = await cpuOf(address);
  const result = await autocannon({
    url: address,
    connections: AT_ONCE,
    ...limit,
    requests: visitors.map(({ cookie }) => ({ path: '/cabinet', headers: { cookie, 'accept-encoding': 'identity' } })),
  });
  const spent = (await cpuOf(address)) - before;
  return {
    'per second': Math.round(result['2xx'] / result.duration),
    p50: result.latency.p50,
    p99: result.latency.p99,
    errors: result.errors + result.timeouts + result.non2xx,
    'CPU ms each': Math.round((spent / result['2xx']) * 100) / 100,
  };
}
