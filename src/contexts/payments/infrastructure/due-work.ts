import { EntityManager, RequestContext } from '@mikro-orm/postgresql';
import { Injectable, Logger } from '@nestjs/common';
import { type Command, CommandBus } from '@nestjs/cqrs';
import { Clock } from '../../../kernel/clock.js';
import { Sql } from '../../../platform/persistence/sql.js';

const AT_ONCE = 100;

/** Gives a command for each thing whose time has come, each in a unit of work of its own: one that fails does not stop the rest. */
@Injectable()
export class DueWork {
  constructor(
    private readonly sql: Sql,
    private readonly em: EntityManager,
    private readonly commands: CommandBus,
    private readonly clock: Clock,
  ) {}

  /** `question` selects `id`s by `$1`, the present instant, at most `$2` of them. Failures go to the log under `what`. */
  async each(what: string, question: string, commandFor: (id: string) => Command<unknown>): Promise<void> {
    const due = await this.sql.query<{ id: string }>(question, [this.clock.now(), AT_ONCE]);
    for (const { id } of due) {
      try {
        await RequestContext.create(this.em, () => this.commands.execute(commandFor(id)));
      } catch (error) {
        new Logger(what).warn(`${id} stays as it is: ${error instanceof Error ? error.message : String(error)}`);
      }
    }
  }
}
