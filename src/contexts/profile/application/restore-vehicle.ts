import { Command, CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { Clock } from '../../../kernel/clock.js';
import { VehicleRepository } from '../domain/vehicle.repository.js';

/** Undoes a removal. Throws VehicleNotFound when it was too long ago, VehicleAlreadyAdded when the certificate was typed in again. */
export class RestoreVehicle extends Command<void> {
  constructor(
    readonly accountId: string,
    readonly vehicleId: string,
  ) {
    super();
  }
}

@CommandHandler(RestoreVehicle)
export class RestoreVehicleHandler implements ICommandHandler<RestoreVehicle> {
  constructor(
    private readonly vehicles: VehicleRepository,
    private readonly clock: Clock,
  ) {}

  async execute({ accountId, vehicleId }: RestoreVehicle): Promise<void> {
    const vehicle = await this.vehicles.get(accountId, vehicleId);
    vehicle.restore(this.clock.now());
    await this.vehicles.save(vehicle);
  }
}
