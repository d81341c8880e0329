import { type DomainEvent } from './domain-event.js';

/** Collects the facts a behaviour brings about; the outbox takes them with the save. The list is lazy: loading skips constructors. */
export abstract class AggregateRoot {
  private recordedEvents?: DomainEvent[];

  protected record(event: DomainEvent): void {
    (this.recordedEvents ??= []).push(event);
  }

  /** Hands the recorded events over once, in the order they happened. */
  pullEvents(): DomainEvent[] {
    const events = this.recordedEvents ?? [];
    delete this.recordedEvents;
    return events;
  }
}
