import { Injectable, type OnApplicationShutdown } from '@nestjs/common';
import pg from 'pg';
import { Config } from '../config/config.js';

const BIGINT = 20;
const DATE = 1082;

/** The read side: plain SQL, prepared once per connection, on a pool of its own (the ORM's pool reads dates as text). */
@Injectable()
export class Sql implements OnApplicationShutdown {
  readonly pool: pg.Pool;
  private readonly names = new Map<string, string>();

  constructor(config: Config) {
    const types = new pg.TypeOverrides();
    types.setTypeParser(BIGINT, Number);
    types.setTypeParser(DATE, (day: string) => day);
    this.pool = new pg.Pool({ connectionString: config.databaseUrl, max: config.databasePool, types });
    this.pool.on('error', () => undefined); // an idle connection that the server closed is replaced at the next query
    // The pool does not listen to a connection that is lent out; whoever holds it learns of its end from the next query.
    this.pool.on('connect', (client) => client.on('error', () => undefined));
  }

  /** All rows. `bigint` comes back as number, `date` as `YYYY-MM-DD`, `timestamptz` as Date. `text` must be a constant. */
  async query<Row extends object>(text: string, values: readonly unknown[] = []): Promise<Row[]> {
    const result = await this.pool.query<Row>({ name: this.nameOf(text), text, values: [...values] });
    return result.rows;
  }

  /** The first row or null. */
  async one<Row extends object>(text: string, values: readonly unknown[] = []): Promise<Row | null> {
    return (await this.query<Row>(text, values))[0] ?? null;
  }

  async onApplicationShutdown(): Promise<void> {
    await this.pool.end();
  }

  private nameOf(text: string): string {
    let name = this.names.get(text);
    if (!name) {
      name = `q${this.names.size + 1}`;
      this.names.set(text, name);
    }
    return name;
  }
}
