import { MikroORM, RequestContext } from '@mikro-orm/postgresql';
import { Injectable, Logger, type OnApplicationBootstrap, type BeforeApplicationShutdown } from '@nestjs/common';
import { DiscoveryService } from '@nestjs/core';
import { type Queue, type Worker } from 'bullmq';
import { Config } from '../config/config.js';
import { OutboxRelay } from '../outbox/outbox-relay.js';
import { Reactions } from '../outbox/reactions.js';
import { Sql } from '../persistence/sql.js';
import { openQueue, openWorker } from './connection.js';
import { type EventJob, EVENTS } from './event-queue.js';
import { JOB_METADATA, type JobHandler, type JobSchedule } from './job.js';

const JOBS = 'jobs';
const EVENT_CONCURRENCY = 8;
const JOB_CONCURRENCY = 4;
/**
 * A killed process leaves its jobs locked: after LOCK_MS without a sign of life another worker takes them. However often that
 * happens to one job, it is taken again (the library's default gives a job up at the second time).
 */
const LOCK_MS = 15_000;
const TAKE_OVER = { lockDuration: LOCK_MS, stalledInterval: 5_000, maxStalledCount: 1_000 };

/** The background half of the product: relays events, runs reactions and recurring jobs. Does nothing in the role `web`. */
@Injectable()
export class BackgroundWorker implements OnApplicationBootstrap, BeforeApplicationShutdown {
  private readonly logger = new Logger('Worker');
  private readonly jobs = new Map<string, { readonly schedule: JobSchedule; readonly handler: JobHandler }>();
  private workers: Worker[] = [];
  private schedules: Queue | undefined;

  constructor(
    private readonly config: Config,
    private readonly discovery: DiscoveryService,
    private readonly orm: MikroORM,
    private readonly sql: Sql,
    private readonly relay: OutboxRelay,
    private readonly reactions: Reactions,
  ) {}

  async onApplicationBootstrap(): Promise<void> {
    for (const { metatype, instance } of this.discovery.getProviders()) {
      if (typeof metatype !== 'function' || !instance) continue;
      const schedule = Reflect.getMetadata(JOB_METADATA, metatype) as JobSchedule | undefined;
      if (schedule) this.jobs.set(schedule.name, { schedule, handler: instance as JobHandler });
    }
    if (!this.config.runsWorker) return;
    this.workers = [
      openWorker<EventJob>(EVENTS, this.config, ({ data }) => this.reactions.run(data.reaction, data.event), {
        ...TAKE_OVER,
        concurrency: EVENT_CONCURRENCY,
      }),
      openWorker(JOBS, this.config, ({ name }) => this.runJob(name), { ...TAKE_OVER, concurrency: JOB_CONCURRENCY }),
    ];
    for (const worker of this.workers) {
      worker.on('error', (error) => this.logger.error(error.message));
      worker.on('failed', (job, error) => this.logger.warn(`${job?.name ?? 'job'} ${job?.id ?? ''} failed (attempt ${job?.attemptsMade ?? 0}): ${error.message}`));
    }
    await this.schedule();
    await this.relay.start();
  }

  /** Runs a recurring job now; returns without running when another process is at it. */
  async runJob(name: string): Promise<void> {
    const job = this.jobs.get(name);
    if (!job) return;
    const client = await this.sql.pool.connect();
    try {
      const { rows } = await client.query<{ locked: boolean }>("select pg_try_advisory_lock(hashtextextended('job:' || $1, 0)) as locked", [name]);
      if (!rows[0]?.locked) return;
      try {
        await RequestContext.create(this.orm.em, () => job.handler.run());
      } finally {
        await client.query("select pg_advisory_unlock(hashtextextended('job:' || $1, 0))", [name]);
      }
    } finally {
      client.release();
    }
  }

  /** Workers finish what they hold before the pools close. */
  async beforeApplicationShutdown(): Promise<void> {
    await Promise.all(this.workers.map((worker) => worker.close()));
    await this.schedules?.close();
  }

  private async schedule(): Promise<void> {
    this.schedules = openQueue(JOBS, this.config);
    this.schedules.on('error', (error) => this.logger.error(error.message));
    const known = await this.schedules.getJobSchedulers();
    for (const { key } of known) if (!this.jobs.has(key)) await this.schedules.removeJobScheduler(key);
    for (const { schedule } of this.jobs.values()) {
      await this.schedules.upsertJobScheduler(
        schedule.name,
        { every: schedule.everySeconds * 1000 },
        { name: schedule.name, opts: { removeOnComplete: 10, removeOnFail: 100 } },
      );
    }
  }
}
