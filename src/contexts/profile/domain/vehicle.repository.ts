import { type Vehicle } from './vehicle.js';

/** Where vehicles are kept, their numbers encrypted. */
export abstract class VehicleRepository {
  /**
   * A vehicle of this account, removed ones too. Throws VehicleNotFound; with `expectedVersion` also VehicleChangedMeanwhile when
   * the stored version is another one.
   */
  abstract get(accountId: string, vehicleId: string, expectedVersion?: number): Promise<Vehicle>;

  /** Throws VehicleAlreadyAdded (certificate taken within the account) and VehicleChangedMeanwhile; nothing is saved then. */
  abstract save(vehicle: Vehicle): Promise<void>;
}
