import { type DynamicModule, Global, Module, type OnApplicationShutdown } from '@nestjs/common';
import { type EntitySchema } from '@mikro-orm/core';
import { EntityManager, MikroORM } from '@mikro-orm/postgresql';
import { Config } from '../config/config.js';
import { OutboxMessageMapping } from '../outbox/outbox-message.js';
import { OutboxSubscriber } from '../outbox/outbox.subscriber.js';
import { ProcessedEventMapping } from '../outbox/processed-event.js';
import { SingleStatement } from './single-statement.js';
import { Sql } from './sql.js';

/** A mapping made by `defineEntity`, whatever it maps. */
export type Mapping = EntitySchema<never> | { readonly meta: unknown };

/** MikroORM for commands, `Sql` for questions. Every context hands in its mappings. */
@Global()
@Module({})
export class PersistenceModule implements OnApplicationShutdown {
  constructor(private readonly orm: MikroORM) {}

  static forRoot(mappings: readonly Mapping[]): DynamicModule {
    return {
      module: PersistenceModule,
      providers: [
        Sql,
        SingleStatement,
        OutboxSubscriber,
        {
          provide: MikroORM,
          inject: [Config, OutboxSubscriber],
          useFactory: (config: Config, outbox: OutboxSubscriber) =>
            MikroORM.init({
              clientUrl: config.databaseUrl,
              entities: [...(mappings as EntitySchema[]), OutboxMessageMapping, ProcessedEventMapping],
              subscribers: [outbox],
              pool: { min: 2, max: config.databasePool },
              allowGlobalContext: false,
              forceUtcTimezone: true,
              serialization: { forceObject: true },
              ensureDatabase: false,
            }),
        },
        { provide: EntityManager, inject: [MikroORM], useFactory: (orm: MikroORM) => orm.em },
      ],
      exports: [MikroORM, EntityManager, Sql, SingleStatement],
    };
  }

  async onApplicationShutdown(): Promise<void> {
    await this.orm.close();
  }
}
