import { DomainEvent } from '../../../kernel/domain-event.js';

/**
 * From now on the cabinet holds these numbers: the vehicle was added, put back after removal, or its numbers were corrected.
 * The numbers are asked for with `VehicleDocumentsQuery`.
 */
export class VehicleAdded extends DomainEvent {
  static override readonly type = 'profile.vehicle-added.v1';
  constructor(
    readonly vehicleId: string,
    readonly accountId: string,
  ) {
    super();
  }
}

/** Automatic search of fines ends with it; the history of fines stays (fact sheet §2.4). */
export class VehicleRemoved extends DomainEvent {
  static override readonly type = 'profile.vehicle-removed.v1';
  constructor(
    readonly vehicleId: string,
    readonly accountId: string,
  ) {
    super();
  }
}
