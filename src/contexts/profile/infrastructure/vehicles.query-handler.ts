import { type IQueryHandler, QueryHandler } from '@nestjs/cqrs';
import { type VehicleDocuments, VehicleDocumentsQuery } from '../application/vehicle-documents.query.js';
import { VehicleQuery, VehiclesQuery, type VehicleView } from '../application/vehicles.query.js';
import { VehicleReader } from './vehicle.reader.js';

@QueryHandler(VehiclesQuery)
export class VehiclesQueryHandler implements IQueryHandler<VehiclesQuery> {
  constructor(private readonly vehicles: VehicleReader) {}

  execute({ accountId }: VehiclesQuery): Promise<readonly VehicleView[]> {
    return this.vehicles.ofAccount(accountId);
  }
}

@QueryHandler(VehicleQuery)
export class VehicleQueryHandler implements IQueryHandler<VehicleQuery> {
  constructor(private readonly vehicles: VehicleReader) {}

  async execute({ accountId, vehicleId }: VehicleQuery): Promise<VehicleView | null> {
    const vehicle = await this.vehicles.find(vehicleId);
    return vehicle?.accountId === accountId ? vehicle : null;
  }
}

@QueryHandler(VehicleDocumentsQuery)
export class VehicleDocumentsQueryHandler implements IQueryHandler<VehicleDocumentsQuery> {
  constructor(private readonly vehicles: VehicleReader) {}

  async execute({ vehicleId }: VehicleDocumentsQuery): Promise<VehicleDocuments | null> {
    const vehicle = await this.vehicles.find(vehicleId);
    if (vehicle === null || vehicle.removed) return null;
    const { accountId, make, grz, sts } = vehicle;
    return { vehicleId, accountId, make, grz, sts };
  }
}
