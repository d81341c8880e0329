import { createPostgresBackend, type Processor, Queue, type QueueOptions, Worker, type WorkerOptions } from 'bullmq';
import pg from 'pg';
import { type Config } from '../config/config.js';

/** Where the queues are when they are in PostgreSQL. */
export const QUEUE_SCHEMA = 'bullmq';

/** Redis when it is configured, otherwise the product's own PostgreSQL: the same queues either way. */
const redisConnection = (url: string) => ({ url, maxRetriesPerRequest: null });
const postgresConnection = (config: Config, max: number) => ({ connectionString: config.databaseUrl, schema: QUEUE_SCHEMA, max });

/** Prepares the queue's own tables. Once per start, before any worker: a worker on a missing schema would loop for ever. */
export async function prepareQueues(config: Pick<Config, 'databaseUrl' | 'redisUrl'>): Promise<void> {
  if (config.redisUrl) return;
  const { runMigrations } = await import('bullmq');
  const client = new pg.Client({ connectionString: config.databaseUrl });
  await client.connect();
  try {
    await runMigrations(client, QUEUE_SCHEMA);
  } finally {
    await client.end();
  }
}

export function openQueue<Data>(name: string, config: Config, options: Omit<QueueOptions, 'connection'> = {}): Queue<Data> {
  return config.redisUrl
    ? new Queue<Data>(name, { ...options, connection: redisConnection(config.redisUrl) })
    : (new Queue(name, { ...options, connection: postgresConnection(config, 4) }, createPostgresBackend) as unknown as Queue<Data>);
}

export function openWorker<Data>(
  name: string,
  config: Config,
  processor: Processor<Data>,
  options: Omit<WorkerOptions, 'connection'>,
): Worker<Data> {
  return config.redisUrl
    ? new Worker<Data>(name, processor, { ...options, connection: redisConnection(config.redisUrl) })
    : (new Worker(name, processor, { ...options, connection: postgresConnection(config, 6) }, createPostgresBackend) as unknown as Worker<Data>);
}
