import { Injectable } from '@nestjs/common';
import { Sql } from '../../../platform/persistence/sql.js';
import { KeyRing } from '../../../platform/security/key-ring.js';
import { type VehicleView } from '../application/vehicles.query.js';

interface VehicleRow {
  id: string;
  account_id: string;
  make: string;
  plate_type: string;
  grz: string;
  sts: string;
  version: number;
  removed: boolean;
}

/** A vehicle with its numbers readable, and whose it is. */
export interface ReadVehicle extends VehicleView {
  readonly accountId: string;
}

const COLUMNS = 'id, account_id, make, plate_type, grz, sts, version, removed_at is not null as removed';

/** Reads stored vehicles and makes their numbers readable. */
@Injectable()
export class VehicleReader {
  constructor(
    private readonly sql: Sql,
    private readonly keys: KeyRing,
  ) {}

  /** Not the removed ones; the one added first on top. */
  async ofAccount(accountId: string): Promise<readonly ReadVehicle[]> {
    const rows = await this.sql.query<VehicleRow>(
      `select ${COLUMNS} from profile.vehicle where account_id = $1 and removed_at is null order by added_at, id`,
      [accountId],
    );
    return rows.map((row) => this.readable(row));
  }

  /** Whoever it belongs to, removed or not. */
  async find(vehicleId: string): Promise<ReadVehicle | null> {
    const row = await this.sql.one<VehicleRow>(`select ${COLUMNS} from profile.vehicle where id = $1`, [vehicleId]);
    return row && this.readable(row);
  }

  private readable({ account_id: accountId, plate_type: plateType, grz, sts, ...rest }: VehicleRow): ReadVehicle {
    return { ...rest, accountId, plateType, grz: this.keys.decrypt(grz), sts: this.keys.decrypt(sts) };
  }
}
