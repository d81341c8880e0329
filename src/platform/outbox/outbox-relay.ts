import { Injectable, Logger, type BeforeApplicationShutdown } from '@nestjs/common';
import pg from 'pg';
import { Config } from '../config/config.js';
import { Sql } from '../persistence/sql.js';
import { EventQueue } from '../queue/event-queue.js';
import { Reactions, type StoredEvent } from './reactions.js';

const BATCH = 200;
/** Safety net under LISTEN/NOTIFY, which is not delivered while the connection is down. */
const POLL_MS = 1000;
const MAX_ATTEMPTS = 20;

interface OutboxRow {
  readonly id: string;
  readonly type: string;
  readonly payload: Readonly<Record<string, unknown>>;
  readonly occurred_at: Date;
  readonly attempts: number;
}

/**
 * Hands committed events to the queue, one job per waiting reaction. The row is deleted in the transaction that handed it
 * over: a crash in between hands it over again, which the job id and `processed_event` make harmless.
 */
@Injectable()
export class OutboxRelay implements BeforeApplicationShutdown {
  private readonly logger = new Logger('Outbox');
  private listener: pg.Client | undefined;
  private timer: NodeJS.Timeout | undefined;
  private reconnecting: NodeJS.Timeout | undefined;
  private draining: Promise<number> | undefined;
  private again = false;
  private stopped = false;

  constructor(
    private readonly config: Config,
    private readonly sql: Sql,
    private readonly queue: EventQueue,
    private readonly reactions: Reactions,
  ) {}

  async start(): Promise<void> {
    await this.listen();
    this.timer = setInterval(() => this.wake(), POLL_MS);
    this.wake();
  }

  /** Hands over everything that waits; answers how many events it were. */
  async drain(): Promise<number> {
    let total = 0;
    for (let moved = BATCH; moved === BATCH && !this.stopped; total += moved) moved = await this.moveBatch();
    return total;
  }

  async beforeApplicationShutdown(): Promise<void> {
    this.stopped = true;
    clearInterval(this.timer);
    clearTimeout(this.reconnecting);
    await this.draining?.catch(() => undefined);
    await this.listener?.end().catch(() => undefined);
  }

  private wake(): void {
    if (this.stopped) return;
    if (this.draining) {
      this.again = true;
      return;
    }
    this.draining = this.drain();
    this.draining
      .catch((error: unknown) => this.logger.error(`Events wait: ${error instanceof Error ? error.message : String(error)}`))
      .finally(() => {
        this.draining = undefined;
        if (!this.again) return;
        this.again = false;
        this.wake();
      });
  }

  private async listen(): Promise<void> {
    const listener = new pg.Client({ connectionString: this.config.databaseUrl, application_name: 'outbox' });
    listener.on('notification', () => this.wake());
    listener.on('error', () => this.listenAgain());
    this.listener = listener;
    await listener.connect();
    await listener.query('listen platform_outbox');
  }

  /** As often as it takes: the database may be away for long. Until then events go by the poll. */
  private listenAgain(): void {
    if (this.stopped) return;
    clearTimeout(this.reconnecting);
    this.reconnecting = setTimeout(() => {
      void this.listener?.end().catch(() => undefined);
      this.listen().catch(() => this.listenAgain());
    }, POLL_MS).unref();
  }

  private async moveBatch(): Promise<number> {
    const client = await this.sql.pool.connect();
    try {
      await client.query('begin');
      const { rows } = await client.query<OutboxRow>(
        `delete from platform.outbox where id in
           (select id from platform.outbox where dead_since is null order by id limit $1 for update skip locked)
         returning *`,
        [BATCH],
      );
      const failed = await this.handOver(rows.sort((a, b) => (a.id < b.id ? -1 : 1)));
      for (const row of failed) await this.putBack(client, row);
      await client.query('commit');
      return rows.length;
    } catch (error) {
      await client.query('rollback').catch(() => undefined);
      throw error;
    } finally {
      client.release();
    }
  }

  /** Answers the rows the queue would not take. When it takes none at all the queue is down and no row is to blame. */
  private async handOver(rows: readonly OutboxRow[]): Promise<readonly OutboxRow[]> {
    const jobsOf = (row: OutboxRow) => {
      const event: StoredEvent = { id: row.id, type: row.type, payload: row.payload, occurredAt: row.occurred_at.toISOString() };
      return this.reactions.namesFor(row.type).map((reaction) => ({ reaction, event }));
    };
    const jobs = rows.flatMap(jobsOf);
    if (jobs.length === 0) return [];
    try {
      await this.queue.add(jobs);
      return [];
    } catch (error) {
      const results = await Promise.allSettled(rows.map((row) => this.queue.add(jobsOf(row))));
      const failed = rows.filter((_, index) => results[index]?.status === 'rejected');
      if (failed.length === rows.length) throw error;
      return failed;
    }
  }

  private async putBack(client: pg.PoolClient, row: OutboxRow): Promise<void> {
    const attempts = row.attempts + 1;
    const dead = attempts >= MAX_ATTEMPTS;
    if (dead) this.logger.error(`Event ${row.id} (${row.type}) was set aside after ${attempts} attempts`);
    await client.query(
      `insert into platform.outbox (id, type, payload, occurred_at, attempts, dead_since) values ($1, $2, $3, $4, $5, ${dead ? 'now()' : 'null'})`,
      [row.id, row.type, row.payload, row.occurred_at, attempts],
    );
  }
}
