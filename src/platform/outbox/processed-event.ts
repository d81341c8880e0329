import { defineEntity, p, PrimaryKeyProp } from '@mikro-orm/core';

/** Remembers that a reaction has dealt with an event. */
export class ProcessedEvent {
  [PrimaryKeyProp]?: ['eventId', 'reaction'];

  constructor(
    readonly eventId: string,
    readonly reaction: string,
  ) {}
}

export const ProcessedEventMapping = defineEntity({
  class: ProcessedEvent,
  schema: 'platform',
  tableName: 'processed_event',
  properties: { eventId: p.uuid().primary(), reaction: p.text().primary() },
});
