import { Command, CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { type VehicleDescription } from '../domain/vehicle.js';
import { VehicleRepository } from '../domain/vehicle.repository.js';

/**
 * Corrects a vehicle as it was at `version`. Throws InvalidMake, VehicleNotFound, VehicleAlreadyAdded and VehicleChangedMeanwhile.
 */
export class EditVehicle extends Command<void> {
  constructor(
    readonly accountId: string,
    readonly vehicleId: string,
    readonly version: number,
    readonly description: VehicleDescription,
  ) {
    super();
  }
}

@CommandHandler(EditVehicle)
export class EditVehicleHandler implements ICommandHandler<EditVehicle> {
  constructor(private readonly vehicles: VehicleRepository) {}

  async execute({ accountId, vehicleId, version, description }: EditVehicle): Promise<void> {
    const vehicle = await this.vehicles.get(accountId, vehicleId, version);
    vehicle.describe(description);
    await this.vehicles.save(vehicle);
  }
}
