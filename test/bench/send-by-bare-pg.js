import { randomUUID } from 'node:crypto';
import pg from 'pg';

const SESSION = `select s.id, s.last_seen_at, s.account_id, a.oid, a.level, a.display_name
   from identity.session s join identity.account a on a.id = s.account_id
  where s.token_hash = $1 and s.ended_at is null and s.expires_at > $2 and s.last_seen_at > $3`;
const DRAFT = 'select * from applications.draft where id = $1 and applicant_id = $2';
const NUMBER = 'select applications.next_registration_number($1) as number';

const WITHOUT_VERSION = ({ version: _, ...row }) => row;
/** Objects as `pg` takes them back into a JSON column. */
const rewritten = (row) =>
  Object.fromEntries(
    Object.entries(row).map(([name, value]) => [name, value?.constructor === Object ? JSON.stringify(value) : value]),
  );

/** The product's one statement: the draft is closed unless it has changed, and only then application, status and event are stored. */
function sending(draft, added) {
  const values = [];
  const bind = (row) => Object.values(row).map((value) => `$${values.push(value)}`);
  const { version, ...row } = draft;
  const columns = Object.keys(row);
  const assignments = bind(row).map((parameter, at) => `${columns[at]} = ${parameter}`);
  const guard = `id = $${values.push(row.id)} and version = $${values.push(version)}`;
  const inserts = added.map(
    ([table, entity], at) =>
      `, added_${at + 1} as (insert into ${table} (${Object.keys(entity).join(', ')}) select ${bind(entity).join(', ')} from changed)`,
  );
  return {
    name: 'sending',
    text: `with changed as (update applications.draft set ${assignments.join(', ')}, version = version + 1 where ${guard} returning id)${inserts.join('')} select count(*) as stored from changed`,
    values,
  };
}

/**
 * What the product does in the database to send one application, statement by statement, with nothing round it: session, draft, number,
 * and one transaction. The values are those of rows the product wrote for one of its own, so that sizes are equal.
 */
export async function open({ databaseUrl, connections }) {
  const pool = new pg.Pool({ connectionString: databaseUrl, max: connections });
  pool.on('error', () => undefined);
  const one = async (text, values = []) => rewritten(WITHOUT_VERSION((await pool.query(text, values)).rows[0]));
  const application = await one('select * from applications.service_application order by id limit 1');
  const entry = await one('select * from applications.status_entry where application_id = $1 and seq = 1', [
    application.id,
  ]);
  const draft = await one('select * from applications.draft where application_id = $1', [application.id]);
  const event = await one("select * from platform.outbox where type = 'applications.submitted.v1' limit 1");

  const send = async ({ draftId, accountId, version, sessionHash }) => {
    const now = new Date();
    const session = await pool.query({
      name: 'session',
      text: SESSION,
      values: [sessionHash, now, new Date(now.getTime() - 3_600_000)],
    });
    await pool.query({ name: 'draft', text: DRAFT, values: [draftId, session.rows[0].account_id] });
    const { rows } = await pool.query({ name: 'number', text: NUMBER, values: [now.getFullYear()] });
    const id = randomUUID();
    const number = `78-${now.getFullYear()}-${rows[0].number.padStart(8, '0')}`;
    const closed = {
      ...draft,
      id: draftId,
      applicant_id: accountId,
      application_id: id,
      registration_number: number,
      sent_key: randomUUID(),
      sent_version: version,
      version,
    };
    const stored = await pool.query(
      sending(closed, [
        [
          'applications.service_application',
          { ...application, id, applicant_id: accountId, registration_number: number },
        ],
        ['applications.status_entry', { ...entry, application_id: id }],
        ['platform.outbox', { ...event, id: randomUUID() }],
      ]),
    );
    if (stored.rows[0].stored !== '1') throw new Error('The draft was not closed');
  };
  return { send, close: () => pool.end() };
}
