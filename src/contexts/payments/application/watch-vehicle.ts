import { Command, CommandBus, CommandHandler, EventsHandler, type ICommandHandler } from '@nestjs/cqrs';
import { type EventEnvelope, type Reaction } from '../../../kernel/domain-event.js';
import { VehicleAdded, VehicleRemoved } from '../../profile/public.js';
import { FineRepository } from '../domain/fine.repository.js';
import { VehicleWatched, WatchedVehicle } from '../domain/watched-vehicle.js';
import { RefreshFines } from './refresh-fines.js';

/** Begins to look up the fines of a vehicle, or looks anew when it came back or got new numbers. */
export class WatchVehicle extends Command<void> {
  constructor(
    readonly vehicleId: string,
    readonly accountId: string,
    /** When it happened. */
    readonly at: Date,
  ) {
    super();
  }
}

@CommandHandler(WatchVehicle)
export class WatchVehicleHandler implements ICommandHandler<WatchVehicle> {
  constructor(private readonly fines: FineRepository) {}

  async execute({ vehicleId, accountId, at }: WatchVehicle): Promise<void> {
    const [known] = await this.fines.vehicles({ ids: [vehicleId] });
    known?.addedAgain(at);
    await this.fines.save([], [known ?? WatchedVehicle.added(vehicleId, accountId, at)]);
  }
}

/** Stops looking up the fines of a vehicle that left the cabinet. */
export class StopWatchingVehicle extends Command<void> {
  constructor(
    readonly vehicleId: string,
    readonly accountId: string,
    /** When it happened. */
    readonly at: Date,
  ) {
    super();
  }
}

@CommandHandler(StopWatchingVehicle)
export class StopWatchingVehicleHandler implements ICommandHandler<StopWatchingVehicle> {
  constructor(private readonly fines: FineRepository) {}

  async execute({ vehicleId, accountId, at }: StopWatchingVehicle): Promise<void> {
    const [known] = await this.fines.vehicles({ ids: [vehicleId] });
    known?.removed(at);
    await this.fines.save([], [known ?? WatchedVehicle.removedFirst(vehicleId, accountId, at)]);
  }
}

@EventsHandler(VehicleAdded)
export class WatchVehicleOnVehicleAdded implements Reaction<VehicleAdded> {
  constructor(private readonly commands: CommandBus) {}

  handle({ vehicleId, accountId }: VehicleAdded, { occurredAt }: EventEnvelope): Promise<void> {
    return this.commands.execute(new WatchVehicle(vehicleId, accountId, new Date(occurredAt)));
  }
}

@EventsHandler(VehicleRemoved)
export class StopWatchingOnVehicleRemoved implements Reaction<VehicleRemoved> {
  constructor(private readonly commands: CommandBus) {}

  handle({ vehicleId, accountId }: VehicleRemoved, { occurredAt }: EventEnvelope): Promise<void> {
    return this.commands.execute(new StopWatchingVehicle(vehicleId, accountId, new Date(occurredAt)));
  }
}

@EventsHandler(VehicleWatched)
export class FetchFinesOnVehicleWatched implements Reaction<VehicleWatched> {
  constructor(private readonly commands: CommandBus) {}

  handle({ vehicleId }: VehicleWatched): Promise<void> {
    return this.commands.execute(new RefreshFines({ ids: [vehicleId] }));
  }
}
