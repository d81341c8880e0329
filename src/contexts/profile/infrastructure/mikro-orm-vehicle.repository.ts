import { LockMode, OptimisticLockError, UniqueConstraintViolationException } from '@mikro-orm/core';
import { EntityManager } from '@mikro-orm/postgresql';
import { Injectable } from '@nestjs/common';
import { VehicleAlreadyAdded, VehicleChangedMeanwhile, VehicleNotFound } from '../domain/vehicle.errors.js';
import { Vehicle } from '../domain/vehicle.js';
import { VehicleRepository } from '../domain/vehicle.repository.js';

@Injectable()
export class MikroOrmVehicleRepository extends VehicleRepository {
  constructor(private readonly em: EntityManager) {
    super();
  }

  async get(accountId: string, vehicleId: string, expectedVersion?: number): Promise<Vehicle> {
    const vehicle = await this.em.findOne(Vehicle, { id: vehicleId, accountId });
    if (vehicle === null) throw new VehicleNotFound({ vehicleId });
    if (expectedVersion !== undefined) await this.requireVersion(vehicle, expectedVersion);
    return vehicle;
  }

  async save(vehicle: Vehicle): Promise<void> {
    try {
      await this.em.persist(vehicle).flush();
    } catch (error) {
      if (error instanceof OptimisticLockError) throw new VehicleChangedMeanwhile();
      const taken =
        error instanceof UniqueConstraintViolationException && error.message.includes('vehicle_certificate_once');
      if (taken) throw new VehicleAlreadyAdded();
      throw error;
    }
  }

  private async requireVersion(vehicle: Vehicle, version: number): Promise<void> {
    try {
      await this.em.lock(vehicle, LockMode.OPTIMISTIC, version);
    } catch (error) {
      if (error instanceof OptimisticLockError) throw new VehicleChangedMeanwhile({ vehicleId: vehicle.id });
      throw error;
    }
  }
}
