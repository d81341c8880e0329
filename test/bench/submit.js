/* (a) Sending applications: 200 at once through the product, against the same SQL sent by bare `pg` on the same database. */
import { randomUUID } from 'node:crypto';
import pg from 'pg';
import { Agent, request } from 'undici';
import { inParallel, summarise } from './measure.js';

const AT_ONCE = 200;
const CONNECTIONS = 20;

/** Anti-forgery cookie and token; they belong to the browser, not to the person, so one pair serves the crowd. */
async function antiForgery(portal, citizen) {
  const answer = await request(`${portal}/cabinet`, { headers: { cookie: citizen.cookie } });
  const html = await answer.body.text();
  const cookie = [answer.headers['set-cookie'] ?? []].flat().find((line) => line.startsWith('__Host-csrf='));
  return { cookie: cookie.split(';')[0], token: /name="csrf-token" content="([^"]+)"/.exec(html)[1] };
}

export async function sendThroughProduct(portal, crowd) {
  const dispatcher = new Agent({ connections: AT_ONCE, pipelining: 1 });
  const { cookie, token } = await antiForgery(portal, crowd[0]);
  const result = await inParallel(crowd, AT_ONCE, async (citizen) => {
    const answer = await request(`${portal}/drafts/${citizen.draftId}/submit`, {
      method: 'POST',
      dispatcher,
      headers: { cookie: `${citizen.cookie}; ${cookie}`, 'content-type': 'application/x-www-form-urlencoded', 'x-csrf-token': token },
      body: new URLSearchParams({ version: String(citizen.version), idempotencyKey: randomUUID() }).toString(),
    });
    await answer.body.dump();
    if (answer.statusCode !== 303 || !String(answer.headers.location).startsWith('/applications/')) throw new Error(`answered ${answer.statusCode}`);
  });
  await dispatcher.close();
  return result;
}

/** How many of the crowd's drafts have no application, and how many have more than one. */
export async function lostAndDoubled(pool, crowd) {
  const { rows } = await pool.query(
    `select count(*) filter (where applications = 0)::int as lost, count(*) filter (where applications > 1)::int as doubled
     from (select d.id, count(a.id) as applications
           from unnest($1::uuid[]) as d(id)
           left join applications.draft r on r.id = d.id
           left join applications.service_application a on a.id = r.application_id or (a.applicant_id = r.applicant_id)
           group by d.id) as per_draft`,
    [crowd.map(({ draftId }) => draftId)],
  );
  return rows[0];
}

const insertOf = (table, row) => {
  const columns = Object.keys(row);
  return { name: `insert-${table}`, text: `insert into ${table} (${columns.join(', ')}) values (${columns.map((_, at) => `$${at + 1}`).join(', ')})`, values: Object.values(row) };
};

/**
 * What the product does in the database for one application, by hand: session, draft, number, then one transaction of application,
 * status, event and closed draft. `sample` are the rows the product wrote for one of its own, so that sizes are equal.
 */
export async function sendByBarePg(databaseUrl, crowd) {
  const pool = new pg.Pool({ connectionString: databaseUrl, max: CONNECTIONS });
  pool.on('error', () => undefined);
  const one = async (text, values = []) => (await pool.query(text, values)).rows[0];
  const application = await one('select * from applications.service_application limit 1');
  const entry = await one('select * from applications.status_entry where application_id = $1 and seq = 1', [application.id]);
  const draftAfter = await one('select * from applications.draft where application_id = $1', [application.id]);
  const event = await one("select * from platform.outbox where type = 'applications.submitted.v1' limit 1");
  const session = await one('select token_hash from identity.session limit 1');
  const json = (row) => Object.fromEntries(Object.entries(row).map(([name, value]) => [name, value !== null && typeof value === 'object' && !(value instanceof Date) ? JSON.stringify(value) : value]));

  const result = await inParallel(crowd, AT_ONCE, async ({ draftId, accountId, version }) => {
    const client = await pool.connect();
    try {
      await client.query({ name: 'session', text: 'select s.id, a.level from identity.session s join identity.account a on a.id = s.account_id where s.token_hash = $1', values: [session.token_hash] });
      await client.query({ name: 'draft', text: 'select * from applications.draft where id = $1 and applicant_id = $2', values: [draftId, accountId] });
      const { rows } = await client.query({ name: 'number', text: 'select applications.next_registration_number($1) as number', values: [2026] });
      const id = randomUUID();
      const number = `78-2026-${String(rows[0].number).padStart(8, '0')}`;
      await client.query('begin');
      await client.query(insertOf('applications.service_application', { ...json(application), id, applicant_id: accountId, registration_number: number }));
      await client.query(insertOf('applications.status_entry', { ...json(entry), application_id: id }));
      await client.query(insertOf('platform.outbox', { ...json(event), id: randomUUID() }));
      await client.query({
        name: 'close',
        text: `update applications.draft set answers = $3, application_id = $4, registration_number = $5, sent_key = $6, sent_version = $2, updated_at = now(), version = version + 1
               where id = $1 and version = $2`,
        values: [draftId, version, draftAfter.answers, id, number, randomUUID()],
      });
      await client.query('commit');
    } finally {
      client.release();
    }
  });
  await pool.end();
  return result;
}

export const rowOf = (name, result, counts) => ({ name, ...summarise(result), ...counts });
