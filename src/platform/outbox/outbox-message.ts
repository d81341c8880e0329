import { defineEntity, p } from '@mikro-orm/core';

/** An event on its way to the queue. */
export class OutboxMessage {
  attempts = 0;
  deadSince: Date | null = null;

  constructor(
    readonly id: string,
    readonly type: string,
    readonly payload: Readonly<Record<string, unknown>>,
    readonly occurredAt: Date,
  ) {}
}

export const OutboxMessageMapping = defineEntity({
  class: OutboxMessage,
  schema: 'platform',
  tableName: 'outbox',
  properties: {
    id: p.uuid().primary(),
    type: p.text(),
    payload: p.json(),
    occurredAt: p.datetime(),
    attempts: p.integer(),
    deadSince: p.datetime().nullable(),
  },
});
