import { execFileSync } from 'node:child_process';
import { randomInt, randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import pg from 'pg';
import { request } from 'undici';
import { eventually } from '../support/eventually.js';
import { type PortalProcess, startTopology, type Topology } from '../support/topology.js';

interface Member {
  readonly accountId: string;
  readonly cookie: string;
  readonly draftId: string;
  readonly version: number;
  readonly fineId: string;
  readonly fineKopecks: number;
}

const PEOPLE = 200;
const AT_ONCE = 12;
const KILLS = 8;
const SUCCESSFUL_CARD = '2200000000000004';
const CROWD = resolve(import.meta.dirname, '../support/crowd.js');

/**
 * Two hundred citizens send an application and pay a fine while the portal is killed again and again, between whatever two lines it
 * happens to be. Citizens do what citizens do: they try again, with the form they have.
 */
describe('A portal that is killed with SIGKILL while people send and pay', () => {
  let topology: Topology;
  let portal: PortalProcess;
  let pool: pg.Pool;
  let crowd: Member[];

  beforeAll(async () => {
    topology = await startTopology();
    portal = await topology.startPortal('all');
    const lines = execFileSync(process.execPath, [CROWD, String(PEOPLE), 'fines'], {
      env: { PATH: process.env['PATH'], ...topology.environment },
      encoding: 'utf8',
      maxBuffer: 1 << 26,
    });
    crowd = lines.trim().split('\n').map((line) => JSON.parse(line) as Member);
    pool = new pg.Pool({ connectionString: topology.databaseUrl, max: 2 });
    pool.on('error', () => undefined);
  }, 240_000);

  afterAll(async () => {
    await pool.end();
    await topology.remove();
  }, 60_000);

  const one = async <Row extends object>(text: string, values: unknown[] = []): Promise<Row> => (await pool.query<Row>(text, values)).rows[0]!;

  it('loses nothing and does nothing twice', async () => {
    const token = await antiForgery(portal.url, crowd[0]!);
    const killer = new Killer(portal, topology, PEOPLE * 2);
    await inParallel(crowd, AT_ONCE, async (member) => {
      const headers = { cookie: `${member.cookie}; ${token.cookie}`, 'content-type': 'application/x-www-form-urlencoded', 'x-csrf-token': token.value };
      await send(portal.url, headers, member);
      await killer.somethingWasDone();
      await pay(portal.url, topology.bank, headers, member);
      await killer.somethingWasDone();
    });
    expect(killer.kills).toBe(KILLS);

    const applications = await one<{ count: number; drafts: number; numbers: number }>(
      'select count(*)::int as count, count(distinct applicant_id)::int as drafts, count(distinct registration_number)::int as numbers from applications.service_application',
    );
    expect(applications).toEqual({ count: PEOPLE, drafts: PEOPLE, numbers: PEOPLE });
    expect(await one('select count(*)::int as open from applications.draft where application_id is null')).toEqual({ open: 0 });

    await eventually('every application reaches its authority', async () => {
      const { sent } = await one<{ sent: number }>("select count(*)::int as sent from applications.service_application where status = 'SENT'");
      return sent === PEOPLE;
    });
    expect(await one("select count(*)::int as entries from applications.status_entry where status = 'SUBMITTED'")).toEqual({ entries: PEOPLE });
    expect(await one("select count(*)::int as entries from applications.status_entry where status = 'SENT'")).toEqual({ entries: PEOPLE });

    await eventually('every payment is settled', async () => {
      const { paid } = await one<{ paid: number }>("select count(*)::int as paid from payments.fine where status = 'PAID'");
      return paid === PEOPLE;
    });
    const payments = await one("select count(*) filter (where status = 'PAID')::int as paid, count(distinct fine_id) filter (where status = 'PAID')::int as fines from payments.payment");
    expect(payments).toEqual({ paid: PEOPLE, fines: PEOPLE });
    expect(takenByBank(topology)).toEqual({ orders: PEOPLE, kopecks: PEOPLE * crowd[0]!.fineKopecks });

    const told = `select count(*)::int as entries from notifications.notification where kind = 'APPLICATION_STATUS' and account_id = any($1)`;
    const accounts = crowd.map(({ accountId }) => accountId);
    await eventually('everybody is told of the application', async () => (await one<{ entries: number }>(told, [accounts])).entries >= PEOPLE);
    await eventually('nothing waits in the outbox', async () => (await one<{ waiting: number }>('select count(*)::int as waiting from platform.outbox')).waiting === 0);
    const twice = await pool.query(
      'select account_id, kind, event_id from notifications.notification group by 1, 2, 3 having count(*) > 1',
    );
    expect(twice.rows).toEqual([]);
  }, 300_000);
});

/** Kills the portal at random moments of the work, by its progress, and starts it again on the same port. */
class Killer {
  kills = 0;
  private done = 0;
  private readonly moments: Set<number>;
  private restarting: Promise<void> = Promise.resolve();

  constructor(
    private portal: PortalProcess,
    private readonly topology: Topology,
    total: number,
  ) {
    const moments = new Set<number>();
    while (moments.size < KILLS) moments.add(randomInt(5, total - 5));
    this.moments = moments;
  }

  /** Called after each finished act; at the chosen ones others are in the middle of theirs. */
  async somethingWasDone(): Promise<void> {
    this.done += 1;
    if (!this.moments.has(this.done)) return;
    this.restarting = this.restarting.then(() => this.kill());
    await this.restarting;
  }

  private async kill(): Promise<void> {
    this.kills += 1;
    await this.portal.end('SIGKILL');
    this.portal = await this.topology.startPortal('all', this.portal.port);
  }
}

async function inParallel<T>(items: readonly T[], width: number, work: (item: T) => Promise<void>): Promise<void> {
  let next = 0;
  await Promise.all(
    Array.from({ length: width }, async () => {
      while (next < items.length) await work(items[next++]!);
    }),
  );
}

async function antiForgery(portal: string, member: Member): Promise<{ readonly cookie: string; readonly value: string }> {
  const answer = await request(`${portal}/cabinet`, { headers: { cookie: member.cookie } });
  const html = await answer.body.text();
  const cookies = [answer.headers['set-cookie'] ?? []].flat();
  const cookie = cookies.find((line) => line.startsWith('__Host-csrf='))!.split(';')[0]!;
  return { cookie, value: /name="csrf-token" content="([^"]+)"/.exec(html)![1]! };
}

/** Status and address of the answer; null when the portal was not there to answer. */
async function ask(url: string, options: Parameters<typeof request>[1]): Promise<{ readonly status: number; readonly location: string } | null> {
  try {
    const answer = await request(url, options);
    await answer.body.dump();
    return { status: answer.statusCode, location: String(answer.headers.location ?? '') };
  } catch {
    return null;
  }
}

const send = async (portal: string, headers: Record<string, string>, member: Member) => {
  const body = new URLSearchParams({ version: String(member.version), idempotencyKey: randomUUID() }).toString();
  await eventually('the application is accepted', async () => {
    const answer = await ask(`${portal}/drafts/${member.draftId}/submit`, { method: 'POST', headers, body });
    return answer?.status === 303 && answer.location.startsWith('/applications/');
  });
};

/** The form of the portal, the page of the bank, and back; the last step may fail for ever: the bank has told the portal anyway. */
const pay = async (portal: string, bank: string, headers: Record<string, string>, member: Member) => {
  const body = new URLSearchParams({ quotedKopecks: String(member.fineKopecks), idempotencyKey: randomUUID() }).toString();
  const formUrl = await eventually('the bank page opens', async () => {
    const answer = await ask(`${portal}/fines/${member.fineId}/pay`, { method: 'POST', headers, body });
    return answer?.status === 303 && answer.location.startsWith(bank) ? answer.location : null;
  });
  const mdOrder = new URL(formUrl).searchParams.get('mdOrder')!;
  const paid = await request(formUrl, {
    method: 'POST',
    headers: { 'content-type': 'application/x-www-form-urlencoded' },
    body: new URLSearchParams({ mdOrder, pan: SUCCESSFUL_CARD, expiry: '12/30', cvc: '123' }).toString(),
  });
  await paid.body.dump();
  await ask(String(paid.headers.location), { headers });
};

interface BankOrder {
  readonly status: number;
  readonly amount: number;
}

/** What the bank itself took: its own book, not the portal's. */
function takenByBank({ environment }: Topology): { readonly orders: number; readonly kopecks: number } {
  const book = JSON.parse(readFileSync(join(environment['DATA_DIR']!, 'bank.json'), 'utf8')) as { orders: BankOrder[] } | BankOrder[];
  const taken = (Array.isArray(book) ? book : book.orders).filter(({ status }) => status === 2);
  return { orders: taken.length, kopecks: taken.reduce((sum, { amount }) => sum + amount, 0) };
}
