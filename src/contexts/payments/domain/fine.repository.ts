import { type Fine } from './fine.js';
import { type WatchedVehicle } from './watched-vehicle.js';

/** Fines and the vehicles they are looked up for. */
export abstract class FineRepository {
  /** Throws FineNotFound, also for a fine of another account. */
  abstract get(fineId: string, accountId: string): Promise<Fine>;

  /** All fines of these accounts, whatever their status. */
  abstract ofAccounts(accountIds: readonly string[]): Promise<Fine[]>;

  /** Watched vehicles by id, or all of an account; unknown ones are left out. */
  abstract vehicles(
    which: { readonly ids: readonly string[] } | { readonly accountId: string },
  ): Promise<WatchedVehicle[]>;

  /** Saves the outcome of one look into the register, in one transaction. Throws ConcurrentChange, having saved nothing. */
  abstract save(fines: readonly Fine[], vehicles: readonly WatchedVehicle[]): Promise<void>;
}
