import { type VehicleDocuments } from '../../../profile/public.js';
import { type RegisteredFine } from '../../domain/fine.js';

/** GIBDD's register. Answers are a snapshot: show `asOf`, and store it with any decision that rests on them. */
export abstract class FinesRegistry {
  /** Unpaid fines of a vehicle, empty when there are none. Throws RegistryUnavailable once the adapter has used up its own retries. */
  abstract unpaidFines(
    vehicle: VehicleDocuments,
  ): Promise<{ readonly fines: readonly RegisteredFine[]; readonly asOf: Date }>;
}
