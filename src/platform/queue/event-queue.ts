import { Injectable, Logger, type OnApplicationShutdown } from '@nestjs/common';
import { type Queue } from 'bullmq';
import { Config } from '../config/config.js';
import { Obstacle } from '../config/obstacle.js';
import { type StoredEvent } from '../outbox/reactions.js';
import { openQueue } from './connection.js';

export const EVENTS = 'events';
const REDIS_MS = 10_000;

/** One reaction to run on one event. */
export interface EventJob {
  readonly reaction: string;
  readonly event: StoredEvent;
}

/** Twelve attempts spread over about an hour; what still fails stays in the queue as failed, for an operator to see and retry. */
const RETRY = { attempts: 12, backoff: { type: 'exponential', delay: 1000 } } as const;

/** The way of an event to its reactions. */
@Injectable()
export class EventQueue implements OnApplicationShutdown {
  private readonly logger = new Logger('Queue');
  private opened: Queue<EventJob> | undefined;

  constructor(private readonly config: Config) {}

  /** The job id is made of the event's id and the reaction: handing an event over twice adds nothing. */
  async add(jobs: readonly EventJob[]): Promise<void> {
    await this.queue.addBulk(
      jobs.map((data) => ({
        name: data.event.type,
        data,
        opts: { ...RETRY, jobId: `${data.event.id}.${data.reaction}`, removeOnComplete: { age: 3600, count: 5000 } },
      })),
    );
  }

  /** How many jobs wait, run, are delayed or have failed for good. */
  counts(): Promise<Record<string, number>> {
    return this.queue.getJobCounts('waiting', 'active', 'delayed', 'failed');
  }

  async onApplicationShutdown(): Promise<void> {
    await this.opened?.close();
  }

  private get queue(): Queue<EventJob> {
    if (!this.opened) {
      this.opened = openQueue<EventJob>(EVENTS, this.config);
      this.opened.on('error', (error) => this.logger.error(error.message));
    }
    return this.opened;
  }
}

/** How many events wait, run or have failed in Redis. Throws Obstacle when it does not answer in time. */
export async function eventsInRedis(config: Config): Promise<number> {
  const queue = new EventQueue(config);
  const silence = AbortSignal.timeout(REDIS_MS);
  const timeout = new Promise<never>((_answer, failed) => {
    silence.addEventListener('abort', () => failed(new Obstacle('Redis does not answer at REDIS_URL.')));
  });
  try {
    const counts = await Promise.race([queue.counts(), timeout]);
    return Object.values(counts).reduce((sum, count) => sum + count, 0);
  } finally {
    void queue.onApplicationShutdown();
  }
}
