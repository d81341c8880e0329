import { EntityManager, RequestContext } from '@mikro-orm/postgresql';
import { Injectable, Logger } from '@nestjs/common';
import { type Command, CommandBus } from '@nestjs/cqrs';
import { Clock } from '../../../kernel/clock.js';
import { Sql } from '../../../platform/persistence/sql.js';

const AT_ONCE = 100;

const LATER_MS = 60_000;

/** What waits for its time: `table` and the column that holds it; `and` narrows it down. All three are constants of the code. */
export interface Waiting {
  readonly table: string;
  readonly time: string;
  readonly and?: string;
}

/**
 * Gives a command for each thing whose time has come, each in a unit of work of its own. One that fails does not stop the rest, now or
 * next time: it is put off by a minute.
 */
@Injectable()
export class DueWork {
  private readonly logger = new Logger(DueWork.name);

  constructor(
    private readonly sql: Sql,
    private readonly em: EntityManager,
    private readonly commands: CommandBus,
    private readonly clock: Clock,
  ) {}

  /** Those that waited longest first. Failures go to the log. */
  async each({ table, time, and = 'true' }: Waiting, commandFor: (id: string) => Command<unknown>): Promise<void> {
    const now = this.clock.now();
    const due = await this.sql.query<{ id: string }>(`select id from ${table} where ${time} <= $1 and ${and} order by ${time} limit $2`, [now, AT_ONCE]);
    for (const { id } of due) {
      try {
        await RequestContext.create(this.em, () => this.commands.execute(commandFor(id)));
      } catch (error) {
        this.logger.error(`${table} ${id} stays as it is: ${error instanceof Error ? error.message : String(error)}`);
        await this.sql.query(`update ${table} set ${time} = $2 where id = $1 and ${time} <= $3`, [id, new Date(now.getTime() + LATER_MS), now]);
      }
    }
  }
}
