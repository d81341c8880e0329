import { AggregateRoot } from '../../../kernel/aggregate-root.js';
import { type PlateNumber } from '../../../kernel/plate-number.js';
import { normaliseText } from '../../../kernel/requisite.js';
import { type VehicleCertificateNumber } from '../../../kernel/vehicle-certificate-number.js';
import { InvalidMake, VehicleNotFound } from './vehicle.errors.js';
import { VehicleAdded, VehicleRemoved } from './vehicle.events.js';

/** What a citizen says of a vehicle (fact sheet §2.4). `make` is free text of 1 to 100 characters. */
export interface VehicleDescription {
  readonly make: string;
  readonly plate: PlateNumber;
  readonly certificate: VehicleCertificateNumber;
}

/** The make as it is kept: single spaces, nothing invisible. Throws InvalidMake. */
export function makeOf(text: string): string {
  const make = normaliseText(text);
  if (make.length < 1 || make.length > 100) throw new InvalidMake();
  return make;
}

/** For so long a removed vehicle can be put back; afterwards its numbers are forgotten. */
export const RESTORABLE_DAYS = 30;
const RESTORABLE_MS = RESTORABLE_DAYS * 24 * 60 * 60 * 1000;

/** A vehicle typed in by its owner; nothing of it comes from ESIA (seed 000). Its certificate is unique within the account. */
export class Vehicle extends AggregateRoot {
  private removedAt: Date | null = null;

  private constructor(
    readonly id: string,
    readonly accountId: string,
    private make: string,
    private plateType: string,
    private grz: string,
    private sts: string,
    readonly addedAt: Date,
  ) {
    super();
  }

  /** Throws InvalidMake. */
  static add(id: string, accountId: string, description: VehicleDescription, now: Date): Vehicle {
    const { plate, certificate } = description;
    const make = makeOf(description.make);
    const vehicle = new Vehicle(id, accountId, make, plate.type, plate.value, certificate.value, now);
    vehicle.record(new VehicleAdded(id, accountId));
    return vehicle;
  }

  /** New numbers are announced like a new vehicle: fines have to be looked for again. Throws InvalidMake, VehicleNotFound. */
  describe({ make, plate, certificate }: VehicleDescription): void {
    if (this.removedAt !== null) throw new VehicleNotFound({ vehicleId: this.id });
    const renumbered = this.grz !== plate.value || this.sts !== certificate.value;
    this.make = makeOf(make);
    this.plateType = plate.type;
    this.grz = plate.value;
    this.sts = certificate.value;
    if (renumbered) this.record(new VehicleAdded(this.id, this.accountId));
  }

  /** Removing a removed vehicle changes nothing. */
  remove(now: Date): void {
    if (this.removedAt !== null) return;
    this.removedAt = now;
    this.record(new VehicleRemoved(this.id, this.accountId));
  }

  /** Puts a removed vehicle back; one that was not removed stays as it is. Throws VehicleNotFound after RESTORABLE_DAYS. */
  restore(now: Date): void {
    if (this.removedAt === null) return;
    if (now.getTime() - this.removedAt.getTime() > RESTORABLE_MS) throw new VehicleNotFound({ vehicleId: this.id });
    this.removedAt = null;
    this.record(new VehicleAdded(this.id, this.accountId));
  }
}
