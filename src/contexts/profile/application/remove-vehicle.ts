import { Command, CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { Clock } from '../../../kernel/clock.js';
import { VehicleRepository } from '../domain/vehicle.repository.js';

/** Takes a vehicle out of the cabinet; it can be put back for a while. Repeating it changes nothing. Throws VehicleNotFound. */
export class RemoveVehicle extends Command<void> {
  constructor(
    readonly accountId: string,
    readonly vehicleId: string,
  ) {
    super();
  }
}

@CommandHandler(RemoveVehicle)
export class RemoveVehicleHandler implements ICommandHandler<RemoveVehicle> {
  constructor(
    private readonly vehicles: VehicleRepository,
    private readonly clock: Clock,
  ) {}

  async execute({ accountId, vehicleId }: RemoveVehicle): Promise<void> {
    const vehicle = await this.vehicles.get(accountId, vehicleId);
    vehicle.remove(this.clock.now());
    await this.vehicles.save(vehicle);
  }
}
