import { EntityManager } from '@mikro-orm/postgresql';
import { Injectable } from '@nestjs/common';
import { FineNotFound } from '../domain/fine.errors.js';
import { Fine } from '../domain/fine.js';
import { FineRepository } from '../domain/fine.repository.js';
import { WatchedVehicle } from '../domain/watched-vehicle.js';
import { saveOrConflict } from './save-or-conflict.js';

@Injectable()
export class MikroOrmFineRepository extends FineRepository {
  constructor(private readonly em: EntityManager) {
    super();
  }

  override async get(fineId: string, accountId: string): Promise<Fine> {
    const fine = await this.em.findOne(Fine, { id: fineId, accountId }, { refresh: true });
    if (!fine) throw new FineNotFound(fineId);
    return fine;
  }

  override ofAccounts(accountIds: readonly string[]): Promise<Fine[]> {
    return accountIds.length === 0 ? Promise.resolve([]) : this.em.find(Fine, { accountId: { $in: [...accountIds] } });
  }

  override vehicles(
    which: { readonly ids: readonly string[] } | { readonly accountId: string },
  ): Promise<WatchedVehicle[]> {
    return this.em.find(
      WatchedVehicle,
      'ids' in which ? { id: { $in: [...which.ids] } } : { accountId: which.accountId },
    );
  }

  override save(fines: readonly Fine[], vehicles: readonly WatchedVehicle[]): Promise<void> {
    return saveOrConflict(this.em, [...fines, ...vehicles]);
  }
}
