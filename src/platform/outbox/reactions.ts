import { MikroORM, RequestContext } from '@mikro-orm/postgresql';
import { Injectable, type OnApplicationBootstrap } from '@nestjs/common';
import { DiscoveryService } from '@nestjs/core';
import { type DomainEvent, type Reaction } from '../../kernel/domain-event.js';
import { Sql } from '../persistence/sql.js';
import { ProcessedEvent } from './processed-event.js';

/** Where `@EventsHandler` of @nestjs/cqrs notes the event classes; the package does not export the name. */
const EVENTS_HANDLER_METADATA = '__eventsHandler__';

interface EventClass {
  readonly type: string;
  readonly name: string;
  readonly prototype: DomainEvent;
}

/** An event as it lies in the outbox and in the queue; `occurredAt` is an ISO instant. */
export interface StoredEvent {
  readonly id: string;
  readonly type: string;
  readonly occurredAt: string;
  readonly payload: Readonly<Record<string, unknown>>;
}

interface Subscription {
  readonly name: string;
  readonly eventClass: EventClass;
  readonly reaction: Reaction<DomainEvent>;
}

/**
 * Knows which reactions wait for which event and runs one of them on one event, exactly once in effect: the
 * `processed_event` row is committed by the reaction's own flush.
 */
@Injectable()
export class Reactions implements OnApplicationBootstrap {
  private readonly subscriptions = new Map<string, Subscription[]>();

  constructor(
    private readonly discovery: DiscoveryService,
    private readonly orm: MikroORM,
    private readonly sql: Sql,
  ) {}

  /** Refuses to start with an event class that has no `type` of its own, or with two reactions of one name. */
  onApplicationBootstrap(): void {
    const names = new Set<string>();
    for (const { metatype, instance } of this.discovery.getProviders()) {
      if (typeof metatype !== 'function' || !instance) continue;
      const eventClasses = Reflect.getMetadata(EVENTS_HANDLER_METADATA, metatype) as EventClass[] | undefined;
      for (const eventClass of eventClasses ?? []) {
        if (!eventClass.type) throw new TypeError(`${eventClass.name} has no static type: it cannot be stored`);
        const name = `${metatype.name}.${eventClass.type}`;
        if (names.has(name)) throw new TypeError(`Two reactions are called ${name}`);
        names.add(name);
        const waiting = this.subscriptions.get(eventClass.type) ?? [];
        waiting.push({ name, eventClass, reaction: instance as Reaction<DomainEvent> });
        this.subscriptions.set(eventClass.type, waiting);
      }
    }
  }

  /** Names of the reactions to an event of this type; none is a normal answer. */
  namesFor(type: string): readonly string[] {
    return (this.subscriptions.get(type) ?? []).map(({ name }) => name);
  }

  /** Runs one reaction in a unit of work of its own. Throws what the reaction throws; a repeat returns at once. */
  async run(name: string, stored: StoredEvent): Promise<void> {
    const subscription = this.subscriptions.get(stored.type)?.find((candidate) => candidate.name === name);
    if (!subscription) throw new TypeError(`No reaction ${name}`);
    const event = Object.assign(Object.create(subscription.eventClass.prototype) as DomainEvent, stored.payload);
    await RequestContext.create(this.orm.em, async () => {
      if (await this.hasProcessed(stored.id, name)) return;
      this.orm.em.persist(new ProcessedEvent(stored.id, name));
      try {
        await subscription.reaction.handle(event, { id: stored.id, occurredAt: stored.occurredAt });
        await this.orm.em.flush();
      } catch (error) {
        // The same event may have been handled elsewhere at this very moment: then its effect stands and ours was refused.
        if (!(await this.hasProcessed(stored.id, name))) throw error;
      }
    });
  }

  private async hasProcessed(eventId: string, reaction: string): Promise<boolean> {
    return (await this.sql.query('select 1 from platform.processed_event where event_id = $1 and reaction = $2', [eventId, reaction])).length > 0;
  }
}
