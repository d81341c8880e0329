import { Command, CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { Clock } from '../../../kernel/clock.js';
import { Ids } from '../../../kernel/ids.js';
import { Vehicle, type VehicleDescription } from '../domain/vehicle.js';
import { VehicleRepository } from '../domain/vehicle.repository.js';

/** Gives the id of the new vehicle. Throws InvalidMake, VehicleAlreadyAdded. */
export class AddVehicle extends Command<string> {
  constructor(
    readonly accountId: string,
    readonly description: VehicleDescription,
  ) {
    super();
  }
}

@CommandHandler(AddVehicle)
export class AddVehicleHandler implements ICommandHandler<AddVehicle> {
  constructor(
    private readonly vehicles: VehicleRepository,
    private readonly ids: Ids,
    private readonly clock: Clock,
  ) {}

  async execute({ accountId, description }: AddVehicle): Promise<string> {
    const vehicle = Vehicle.add(this.ids.next(), accountId, description, this.clock.now());
    await this.vehicles.save(vehicle);
    return vehicle.id;
  }
}
