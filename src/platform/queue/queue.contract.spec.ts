import { randomUUID } from 'node:crypto';
import { Injectable, Module } from '@nestjs/common';
import { EventsHandler } from '@nestjs/cqrs';
import { eventually } from '../../../test/support/eventually.js';
import { hasRedis, startRedis } from '../../../test/support/redis.js';
import { testApp, type TestApp } from '../../../test/support/test-app.js';
import { DomainEvent, type Reaction } from '../../kernel/domain-event.js';
import { OutboxRelay } from '../outbox/outbox-relay.js';
import { EventQueue } from './event-queue.js';
import { Job, type JobHandler } from './job.js';
import { BackgroundWorker } from './worker.js';

class BellRung extends DomainEvent {
  static override readonly type = 'test.bell-rung.v1';
  constructor(readonly times: number) {
    super();
  }
}

/** Resolves waiting tests when it has seen what they wait for. */
class Witness {
  readonly seen: string[] = [];
  private waiting: { readonly count: number; readonly go: () => void }[] = [];

  note(what: string): void {
    this.seen.push(what);
    this.waiting.filter(({ count }) => this.seen.length >= count).forEach(({ go }) => go());
  }

  until(count: number): Promise<void> {
    return new Promise((go) => (this.seen.length >= count ? go() : this.waiting.push({ count, go })));
  }
}

let heard: Witness;
let ticks: Witness;
let failures = 0;

@Injectable()
@EventsHandler(BellRung)
class Hear implements Reaction<BellRung> {
  async handle(event: BellRung, { id }: { id: string }): Promise<void> {
    if (failures-- > 0) throw new Error('not listening');
    heard.note(`${id} ${event.times}`);
    await Promise.resolve();
  }
}

@Injectable()
@Job({ name: 'test.tick', everySeconds: 1 })
class Tick implements JobHandler {
  async run(): Promise<void> {
    ticks.note('tick');
    await Promise.resolve();
  }
}

@Module({ providers: [Hear, Tick] })
class BellModule {}

const ring = (app: TestApp, id = randomUUID()) =>
  app.sql.pool
    .query("insert into platform.outbox (id, type, payload, occurred_at) values ($1, $2, '{\"times\": 3}', now())", [id, BellRung.type])
    .then(() => id);

/** What the product asks of a queue, whichever it runs on. */
const contract = (environment: () => Promise<{ readonly variables: Record<string, string>; stop(): Promise<void> }>) => () => {
  let app: TestApp;
  let server: Awaited<ReturnType<typeof environment>>;

  beforeAll(async () => {
    heard = new Witness();
    ticks = new Witness();
    server = await environment();
    app = await testApp({ modules: [BellModule], mappings: [], environment: { ROLE: 'all', ...server.variables } });
  });
  afterAll(async () => {
    await app.close();
    await server.stop();
  });

  it('brings an event from the outbox to its reaction', async () => {
    const before = heard.seen.length;
    const id = await ring(app);
    await heard.until(before + 1);
    expect(heard.seen).toContain(`${id} 3`);
    // The reaction may be faster than the commit that takes the event out of the outbox.
    await eventually('the outbox is empty', async () => (await app.sql.query('select id from platform.outbox')).length === 0);
  });

  it('brings a failed reaction again', async () => {
    const before = heard.seen.length;
    failures = 1;
    const id = await ring(app);
    await heard.until(before + 1);
    expect(heard.seen.at(-1)).toBe(`${id} 3`);
  });

  it('runs the reaction once for an event that was handed over twice', async () => {
    const before = heard.seen.length;
    const event = { id: randomUUID(), type: BellRung.type, payload: { times: 1 }, occurredAt: new Date().toISOString() };
    const job = { reaction: `Hear.${BellRung.type}`, event };
    await app.get(EventQueue).add([job, job]);
    await app.get(EventQueue).add([job]);
    const last = await ring(app);
    await heard.until(before + 2);
    expect(heard.seen.slice(before).sort()).toEqual([`${event.id} 1`, `${last} 3`].sort());
  });

  it('runs a recurring job again and again', async () => {
    await ticks.until(ticks.seen.length + 2);
  });

  it('does not run a job that another process is at', async () => {
    const other = await app.sql.pool.connect();
    await other.query("select pg_advisory_lock(hashtextextended('job:test.tick', 0))");
    const before = ticks.seen.length;
    await app.get(BackgroundWorker).runJob('test.tick');
    expect(ticks.seen.length).toBe(before);
    await other.query("select pg_advisory_unlock(hashtextextended('job:test.tick', 0))");
    other.release();
  });

  it('has nothing left to relay', async () => {
    expect(await app.get(OutboxRelay).drain()).toBe(0);
  });
};

describe('Queues on PostgreSQL', contract(() => Promise.resolve({ variables: {}, stop: () => Promise.resolve() })));

const onRedis = hasRedis ? describe : describe.skip;
onRedis(
  'Queues on Redis',
  contract(async () => {
    const redis = await startRedis();
    return { variables: { REDIS_URL: redis.url }, stop: redis.stop };
  }),
);
