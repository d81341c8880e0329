import { defineEntity, p } from '@mikro-orm/core';
import { EntityManager } from '@mikro-orm/postgresql';
import { Injectable, Module } from '@nestjs/common';
import { EventsHandler } from '@nestjs/cqrs';
import { AggregateRoot } from '../../kernel/aggregate-root.js';
import { DomainEvent, type Reaction } from '../../kernel/domain-event.js';
import { EncryptedText } from '../persistence/encrypted-text.js';
import { mapped } from '../persistence/mapped.js';
import { eventually } from '../../../test/support/eventually.js';
import { testApp, type TestApp } from '../../../test/support/test-app.js';
import { ForgetProcessedEvents } from './forget-processed-events.job.js';
import { OutboxRelay } from './outbox-relay.js';
import { Reactions } from './reactions.js';
import { EventQueue } from '../queue/event-queue.js';

class LetterWritten extends DomainEvent {
  static override readonly type = 'test.letter-written.v1';
  constructor(readonly letterId: string) {
    super();
  }
}

class Letter extends AggregateRoot {
  private text = '';
  private version = 1;
  private constructor(readonly id: string) {
    super();
  }

  static write(id: string, text: string): Letter {
    const letter = new Letter(id);
    letter.text = text;
    letter.record(new LetterWritten(id));
    return letter;
  }

  read(): string {
    return this.text;
  }

  edition(): number {
    return this.version;
  }
}

class Receipt {
  constructor(readonly id: string) {}
}

const LetterMapping = defineEntity({
  class: mapped(Letter),
  schema: 'platform',
  tableName: 'test_letter',
  properties: { id: p.uuid().primary(), text: p.type(EncryptedText), version: p.integer().version() },
});
const ReceiptMapping = defineEntity({ class: Receipt, schema: 'platform', tableName: 'test_receipt', properties: { id: p.text().primary() } });

@Injectable()
@EventsHandler(LetterWritten)
class FileReceipt implements Reaction<LetterWritten> {
  static failures = 0;
  constructor(private readonly em: EntityManager) {}

  async handle(event: LetterWritten): Promise<void> {
    if (FileReceipt.failures-- > 0) throw new Error('the archive is closed');
    const count = await this.em.count(Receipt, {});
    await this.em.persist(new Receipt(`${event.letterId}-${count}`)).flush();
  }
}

@Module({ providers: [FileReceipt] })
class LetterModule {}

const LETTER = '019380aa-0000-7000-8000-000000000001';

describe('Events and their reactions', () => {
  let app: TestApp;

  beforeAll(async () => {
    app = await testApp({ modules: [LetterModule], mappings: [LetterMapping, ReceiptMapping] });
    await app.sql.pool.query('create table platform.test_letter (id uuid primary key, text text not null, version integer not null default 1)');
    await app.sql.pool.query('create table platform.test_receipt (id text primary key)');
  });
  afterAll(() => app.close());
  beforeEach(async () => {
    FileReceipt.failures = 0;
    await app.sql.pool.query('truncate platform.test_letter, platform.test_receipt, platform.outbox, platform.processed_event');
  });

  const write = () => app.inUnitOfWork(async (em) => em.persist(Letter.write(LETTER, 'Добрый день')).flush());
  const receipts = () => app.sql.query('select id from platform.test_receipt');

  it('stores the event in the transaction of the change', async () => {
    await write();
    expect(await app.sql.query('select type, payload from platform.outbox')).toEqual([{ type: LetterWritten.type, payload: { letterId: LETTER } }]);
  });

  it('stores no event when the change is refused', async () => {
    await write();
    await app.sql.pool.query('delete from platform.outbox');
    await expect(write()).rejects.toThrow();
    expect(await app.sql.query('select id from platform.outbox')).toEqual([]);
  });

  it('encrypts a text at rest and does not write it again when nothing changed', async () => {
    await write();
    const [row] = await app.sql.query<{ text: string }>('select text from platform.test_letter');
    expect(row?.text).toMatch(/^v1\.test\./);
    await app.inUnitOfWork(async (em) => {
      const letter = await em.findOneOrFail(Letter, { id: LETTER });
      expect(letter.read()).toBe('Добрый день');
      await em.flush();
    });
    expect(await app.sql.query('select text, version from platform.test_letter')).toEqual([{ ...row, version: 1 }]);
  });

  it('runs a reaction once however often the event is delivered', async () => {
    await write();
    const [event] = await app.settle();
    const reactions = app.get(Reactions);
    const [name] = reactions.namesFor(LetterWritten.type);
    await reactions.run(name!, event!);
    await Promise.all([reactions.run(name!, event!), reactions.run(name!, event!)]);
    expect(await receipts()).toHaveLength(1);
  });

  it('keeps one effect when the same event is handled at the same moment twice', async () => {
    await write();
    const [row] = await app.sql.query<{ id: string; payload: Record<string, unknown> }>('select id, payload from platform.outbox');
    const reactions = app.get(Reactions);
    const [name] = reactions.namesFor(LetterWritten.type);
    const event = { id: row!.id, type: LetterWritten.type, payload: row!.payload, occurredAt: new Date(0).toISOString() };
    await Promise.all([reactions.run(name!, event), reactions.run(name!, event), reactions.run(name!, event)]);
    expect(await receipts()).toHaveLength(1);
  });

  it('runs a failed reaction again', async () => {
    FileReceipt.failures = 1;
    await write();
    const [row] = await app.sql.query<{ id: string; payload: Record<string, unknown> }>('select id, payload from platform.outbox');
    const event = { id: row!.id, type: LetterWritten.type, payload: row!.payload, occurredAt: new Date(0).toISOString() };
    const reactions = app.get(Reactions);
    const [name] = reactions.namesFor(LetterWritten.type);
    await expect(reactions.run(name!, event)).rejects.toThrow('the archive is closed');
    expect(await receipts()).toEqual([]);
    await reactions.run(name!, event);
    expect(await receipts()).toHaveLength(1);
  });

  it('forgets receipts after a month, not before', async () => {
    const old = "insert into platform.processed_event (event_id, reaction, processed_at) values (gen_random_uuid(), $1, $2)";
    const daysAgo = (days: number) => new Date(app.clock.now().getTime() - days * 86_400_000);
    await app.sql.query(old, ['old', daysAgo(31)]);
    await app.sql.query(old, ['young', daysAgo(29)]);
    await app.get(ForgetProcessedEvents).run();
    expect(await app.sql.query('select reaction from platform.processed_event')).toEqual([{ reaction: 'young' }]);
  });

  it('hands waiting events to the queue and forgets them, once', async () => {
    await write();
    const relay = app.get(OutboxRelay);
    expect(await Promise.all([relay.drain(), relay.drain()]).then(([a, b]) => a + b)).toBe(1);
    expect(await app.sql.query('select id from platform.outbox')).toEqual([]);
    expect((await app.get(EventQueue).counts())['waiting']).toBe(1);
  });

  it('listens anew when its connection was cut', async () => {
    const listeners = () =>
      app.sql.query<{ pid: number }>("select pid from pg_stat_activity where application_name = 'outbox' and datname = current_database()");
    await app.nest.get(OutboxRelay).start();
    const [first] = await listeners();
    await app.sql.query('select pg_terminate_backend($1)', [first!.pid]);
    await eventually('another connection listens', async () => {
      const [next] = await listeners();
      return next !== undefined && next.pid !== first!.pid;
    });
  });
});
