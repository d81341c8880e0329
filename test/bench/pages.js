/* Pages of the product against a bare Fastify + Handlebars + pg handler that gives the same HTML. */
import { fork } from 'node:child_process';
import autocannon from 'autocannon';
import { endProgram } from '../support/processes.js';
import { cpuOf } from './measure.js';

const AT_ONCE = 50;

/** The cookie every browser has from its first page on. */
export async function antiForgeryCookie(portal) {
  const { headers } = await fetch(`${portal}/`);
  return headers
    .getSetCookie()
    .find((line) => line.startsWith('__Host-csrf='))
    .split(';')[0];
}

/** The bare server; rejects when it ends before it listens. */
export const startBare = (environment) =>
  new Promise((started, failed) => {
    const server = fork(new URL('./bare-pages.js', import.meta.url), {
      env: { PATH: process.env.PATH, ...environment },
      execArgv: [],
    });
    server.once('exit', (code, signal) => failed(new Error(`The bare server ended with ${signal ?? code}`)));
    server.once('message', () =>
      started({ address: `http://127.0.0.1:${environment.PORT}`, stop: () => endProgram(server) }),
    );
  });

/** The page without what differs from request to request. */
async function maskedPage(address, path, { cookie }) {
  const answer = await fetch(`${address}${path}`, { headers: { cookie } });
  const html = await answer.text();
  const token = /name="csrf-token" content="([^"]+)"/.exec(html)?.[1];
  if (answer.status !== 200 || !token) throw new Error(`${address} answered ${answer.status} to ${path}`);
  return html.replaceAll(token, 'TOKEN');
}

/** Throws unless both sides show these people the same page, with every part on it. Answers its size in bytes. */
export async function requireSamePages(portal, bare, path, visitors, parts) {
  for (const visitor of visitors) {
    const [ours, theirs] = [await maskedPage(portal, path, visitor), await maskedPage(bare, path, visitor)];
    if (ours !== theirs) throw new Error(`The two pages ${path} differ: the comparison would be worth nothing`);
    for (const part of parts) if (!ours.includes(part)) throw new Error(`The page ${path} lacks ${part}`);
  }
  return Buffer.byteLength(await maskedPage(portal, path, visitors[0]));
}

/** One side of one round, `limit` being autocannon's `duration` or `amount`. No compression on either side: browsers get it from the product only. */
export async function visit(address, path, visitors, limit) {
  const before = await cpuOf(address);
  const result = await autocannon({
    url: address,
    connections: AT_ONCE,
    ...limit,
    requests: visitors.map(({ cookie }) => ({ path, headers: { cookie, 'accept-encoding': 'identity' } })),
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
