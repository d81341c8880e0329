/**
 * A fact of the domain. Carries ids, numbers and ISO dates only, never personal data: events are stored in the outbox and
 * in the queue in the clear. Every subclass has a `static readonly type` such as `applications.submitted.v1`.
 */
export abstract class DomainEvent {
  /** Stable name under which the event is stored; a changed shape gets a new version, never a new meaning. */
  static readonly type: string;
}

/** What the platform knows of a stored event: `id` is the same at every redelivery, `occurredAt` an ISO instant (UTC). */
export interface EventEnvelope {
  readonly id: string;
  readonly occurredAt: string;
}

/**
 * Does X when Y happened. Decorate the class with `@EventsHandler(Y)`. It may run more than once for one event: the platform
 * commits a `processed_event` row with the first flush of the handler, so it must save everything in one flush.
 */
export interface Reaction<E extends DomainEvent> {
  handle(event: E, envelope: EventEnvelope): Promise<void>;
}
