import { Injectable } from '@nestjs/common';
import { collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client';
import { Sql } from '../persistence/sql.js';
import { EventQueue } from '../queue/event-queue.js';

/** What an operator looks at: request times by route, events that wait or were set aside, jobs by state. */
@Injectable()
export class Metrics {
  private readonly registry = new Registry();
  private readonly requests = new Histogram({
    name: 'http_request_seconds',
    help: 'Time to answer',
    labelNames: ['method', 'route', 'status'],
    buckets: [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10],
    registers: [this.registry],
  });

  constructor(sql: Sql, queue: EventQueue) {
    collectDefaultMetrics({ register: this.registry });
    new Gauge({
      name: 'outbox_events',
      help: 'Events not yet handed to the queue',
      labelNames: ['state'],
      registers: [this.registry],
      async collect() {
        const row = await sql.one<{ waiting: number; dead: number }>(
          'select count(*) filter (where dead_since is null) as waiting, count(dead_since) as dead from platform.outbox',
        );
        this.set({ state: 'waiting' }, row?.waiting ?? 0);
        this.set({ state: 'dead' }, row?.dead ?? 0);
      },
    });
    new Gauge({
      name: 'queue_jobs',
      help: 'Reactions by state of their job',
      labelNames: ['state'],
      registers: [this.registry],
      async collect() {
        for (const [state, count] of Object.entries(await queue.counts())) this.set({ state }, count);
      },
    });
  }

  /** `route` is the pattern, never the address: addresses hold ids. */
  observe(method: string, route: string, status: number, seconds: number): void {
    this.requests.observe({ method, route, status }, seconds);
  }

  read(): Promise<string> {
    return this.registry.metrics();
  }
}
