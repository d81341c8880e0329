import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type EntityManager, MikroORM, RequestContext } from '@mikro-orm/postgresql';
import { type DynamicModule, type Provider, type Type } from '@nestjs/common';
import { type Command, CommandBus, CqrsModule, type Query, QueryBus } from '@nestjs/cqrs';
import { type NestFastifyApplication } from '@nestjs/platform-fastify';
import { Test } from '@nestjs/testing';
import { Clock } from '../../src/kernel/clock.js';
import { configureHttp, fastifyAdapter } from '../../src/platform/http/http-server.js';
import { UnreadCounter } from '../../src/platform/http/page-frame.js';
import { type Citizen, Principals, type StaffMember } from '../../src/platform/http/principal.js';
import { Reactions, type StoredEvent } from '../../src/platform/outbox/reactions.js';
import { type Mapping } from '../../src/platform/persistence/persistence.module.js';
import { Sql } from '../../src/platform/persistence/sql.js';
import { PlatformModule } from '../../src/platform/platform.module.js';
import { testConfig } from './test-config.js';
import { testDatabase } from './test-database.js';

/** Stands still until a test moves it. */
export class SetClock extends Clock {
  constructor(private instant = new Date('2026-11-22T09:00:00Z')) {
    super();
  }

  now(): Date {
    return new Date(this.instant);
  }

  set(instant: string | Date): void {
    this.instant = new Date(instant);
  }

  advance(milliseconds: number): void {
    this.instant = new Date(this.instant.getTime() + milliseconds);
  }
}

/** Says who is signed in, in place of the identity context. */
export class SetPrincipals extends Principals {
  citizen: Citizen | null = null;
  staff: StaffMember | null = null;

  citizenOf(): Promise<Citizen | null> {
    return Promise.resolve(this.citizen);
  }

  staffOf(): Promise<StaffMember | null> {
    return Promise.resolve(this.staff);
  }
}

export interface TestApp {
  readonly nest: NestFastifyApplication;
  readonly clock: SetClock;
  readonly principals: SetPrincipals;
  readonly sql: Sql;
  /** Runs a command in a unit of work of its own, as a request would. */
  execute<R>(command: Command<R>): Promise<R>;
  ask<R>(query: Query<R>): Promise<R>;
  /** Runs `work` with an EntityManager of its own. */
  inUnitOfWork<R>(work: (em: EntityManager) => Promise<R>): Promise<R>;
  /** Runs the reactions to all waiting events, and to the events these bring about; answers the events in their order. */
  settle(): Promise<readonly StoredEvent[]>;
  get<T>(token: Type<T> | (abstract new (...args: never[]) => T)): T;
  close(): Promise<void>;
}

/**
 * Contexts under test on a real, migrated database of their own. `override` replaces ports (outside systems, neighbours) by
 * fakes or by adapters of a sandbox; a set clock and set principals are always in place unless `Principals` is provided by
 * one of the modules and `ownPrincipals` is true.
 */
export async function testApp(options: {
  readonly modules: readonly (Type | DynamicModule)[];
  readonly mappings: readonly Mapping[];
  /** Extra providers in the root module: handlers that stand for a neighbour's queries. */
  readonly providers?: readonly Provider[];
  readonly override?: readonly { readonly port: abstract new (...args: never[]) => unknown; readonly with: unknown }[];
  readonly environment?: Readonly<Record<string, string>>;
  readonly ownPrincipals?: boolean;
}): Promise<TestApp> {
  const database = await testDatabase();
  const dataDir = mkdtempSync(join(tmpdir(), 'lk-files-'));
  const config = testConfig(database.url, { ROLE: 'web', DATA_DIR: dataDir, ...options.environment });
  const clock = new SetClock();
  const principals = new SetPrincipals();

  const neighbours: DynamicModule = {
    module: class Neighbours {},
    global: true,
    providers: [
      ...(options.ownPrincipals ? [] : [{ provide: Principals, useValue: principals }]),
      { provide: UnreadCounter, useValue: { countFor: () => Promise.resolve(0) } },
      ...(options.providers ?? []),
    ],
    exports: [...(options.ownPrincipals ? [] : [Principals]), UnreadCounter],
  };
  let builder = Test.createTestingModule({
    imports: [CqrsModule.forRoot({ rethrowUnhandled: true }), PlatformModule.forRoot(config, options.mappings), neighbours, ...options.modules],
  })
    .overrideProvider(Clock)
    .useValue(clock);
  for (const { port, with: replacement } of options.override ?? []) builder = builder.overrideProvider(port).useValue(replacement);
  const nest = (await builder.compile()).createNestApplication<NestFastifyApplication>(fastifyAdapter(), { bodyParser: false, logger: false });
  await configureHttp(nest);
  await nest.init();
  await nest.getHttpAdapter().getInstance().ready();

  const orm = nest.get(MikroORM);
  const sql = nest.get(Sql);
  const inUnitOfWork = <R>(work: (em: EntityManager) => Promise<R>): Promise<R> => RequestContext.create(orm.em, () => work(orm.em as EntityManager));
  return {
    nest,
    clock,
    principals,
    sql,
    inUnitOfWork,
    execute: (command) => inUnitOfWork(() => nest.get(CommandBus).execute(command)),
    ask: (query) => inUnitOfWork(() => nest.get(QueryBus).execute(query)),
    settle: () => settle(sql, nest.get(Reactions)),
    get: (token) => nest.get(token as Type, { strict: false }),
    close: async () => {
      await nest.close();
      await database.drop();
      rmSync(dataDir, { recursive: true, force: true });
    },
  };
}

interface OutboxRow {
  readonly id: string;
  readonly type: string;
  readonly payload: Record<string, unknown>;
  readonly occurred_at: Date;
}

async function settle(sql: Sql, reactions: Reactions): Promise<StoredEvent[]> {
  const seen: StoredEvent[] = [];
  for (;;) {
    const rows = await sql.query<OutboxRow>('delete from platform.outbox where id in (select id from platform.outbox order by id) returning *');
    if (rows.length === 0) return seen;
    for (const row of rows.sort((a, b) => (a.id < b.id ? -1 : 1))) {
      const event: StoredEvent = { id: row.id, type: row.type, payload: row.payload, occurredAt: row.occurred_at.toISOString() };
      seen.push(event);
      for (const name of reactions.namesFor(row.type)) await reactions.run(name, event);
    }
  }
}
