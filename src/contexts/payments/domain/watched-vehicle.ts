import { AggregateRoot } from '../../../kernel/aggregate-root.js';
import { DomainEvent } from '../../../kernel/domain-event.js';

/** The fines of a vehicle are looked up from now on. */
export class VehicleWatched extends DomainEvent {
  static override readonly type = 'payments.vehicle-watched.v1';
  constructor(readonly vehicleId: string) {
    super();
  }
}

const MINUTE = 60_000;
/** The register is asked again within a day (§4); earlier, so that a day of trouble does not break the promise. */
const REFRESH_EVERY = 12 * 60 * MINUTE;
const RETRY_AFTER = MINUTE;
const LONGEST_RETRY = 60 * MINUTE;
/** What was read less than this ago is not asked for again, however often the button is pressed. */
const FRESH_FOR = MINUTE / 2;

/**
 * A vehicle of the cabinet whose fines are looked up: when that succeeded last and when it is due again. What is heard of the
 * vehicle may come twice and out of order; the latest word counts.
 */
export class WatchedVehicle extends AggregateRoot {
  private stoppedAt: Date | null = null;
  /** Last time the register answered; null also after the vehicle got new numbers. */
  private asOf: Date | null = null;
  private failures = 0;
  private refreshAfter: Date;

  private constructor(
    readonly id: string,
    readonly accountId: string,
    /** When the latest of what was heard of it happened. */
    private heardAt: Date,
  ) {
    super();
    this.refreshAfter = heardAt;
  }

  /** A vehicle nothing was heard of before: VehicleWatched. */
  static added(vehicleId: string, accountId: string, at: Date): WatchedVehicle {
    const vehicle = new WatchedVehicle(vehicleId, accountId, at);
    vehicle.record(new VehicleWatched(vehicleId));
    return vehicle;
  }

  /** A vehicle whose leaving was heard of first: kept, so that its late arrival does not bring it back. */
  static removedFirst(vehicleId: string, accountId: string, at: Date): WatchedVehicle {
    const vehicle = new WatchedVehicle(vehicleId, accountId, at);
    vehicle.stoppedAt = at;
    return vehicle;
  }

  /** The vehicle came back or got new numbers: VehicleWatched, its fines are looked up anew. */
  addedAgain(at: Date): void {
    if (at <= this.heardAt) return;
    this.heardAt = at;
    this.stoppedAt = null;
    this.asOf = null;
    this.refreshAfter = at;
    this.record(new VehicleWatched(this.id));
  }

  /** The vehicle left the cabinet: nothing is looked up any more, what was found stays. */
  removed(at: Date): void {
    if (at <= this.heardAt) return;
    this.heardAt = at;
    this.stoppedAt = at;
  }

  /** The profile knows no such vehicle any more. */
  vanished(now: Date): void {
    this.stoppedAt ??= now;
  }

  registryAnswered(asOf: Date): void {
    this.asOf = asOf;
    this.failures = 0;
    this.refreshAfter = new Date(asOf.getTime() + REFRESH_EVERY);
  }

  /** The next try comes after one minute, then two, four… and at least once an hour. */
  registryFailed(now: Date): void {
    const pause = Math.min(RETRY_AFTER * 2 ** this.failures, LONGEST_RETRY);
    this.failures += 1;
    this.refreshAfter = new Date(now.getTime() + pause);
  }

  /** Worth asking for at `now`: still in the cabinet and not read a moment ago. */
  canRefresh(now: Date): boolean {
    return this.stoppedAt === null && (this.asOf === null || now.getTime() - this.asOf.getTime() >= FRESH_FOR);
  }
}
