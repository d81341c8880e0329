import { type EventSubscriber, type FlushEventArgs } from '@mikro-orm/core';
import { Injectable } from '@nestjs/common';
import { AggregateRoot } from '../../kernel/aggregate-root.js';
import { Clock } from '../../kernel/clock.js';
import { type DomainEvent } from '../../kernel/domain-event.js';
import { Ids } from '../../kernel/ids.js';
import { OutboxMessage } from './outbox-message.js';

/** Turns the events that aggregates recorded into outbox rows of the same transaction. Nobody publishes by hand. */
@Injectable()
export class OutboxSubscriber implements EventSubscriber {
  constructor(
    private readonly ids: Ids,
    private readonly clock: Clock,
  ) {}

  beforeFlush({ em, uow }: FlushEventArgs): void {
    for (const message of this.messagesOf(new Set([...uow.getPersistStack(), ...uow.getIdentityMap().values(), ...uow.getRemoveStack()]))) em.persist(message);
  }

  /** Takes the events out of the aggregates among `entities`; whoever takes them stores them with the change they tell of. */
  messagesOf(entities: Iterable<object>): OutboxMessage[] {
    return [...entities].flatMap((entity) => (entity instanceof AggregateRoot ? entity.pullEvents().map((event) => this.messageOf(event)) : []));
  }

  private messageOf(event: DomainEvent): OutboxMessage {
    const { type } = event.constructor as typeof DomainEvent;
    if (!type) throw new TypeError(`${event.constructor.name} has no type and cannot be stored`);
    return new OutboxMessage(this.ids.next(), type, { ...event }, this.clock.now());
  }
}
