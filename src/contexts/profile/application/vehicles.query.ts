import { Query } from '@nestjs/cqrs';

/** Vehicles of the account, the one added first on top; removed ones are left out. */
export class VehiclesQuery extends Query<readonly VehicleView[]> {
  constructor(readonly accountId: string) {
    super();
  }
}

/** One vehicle of the account, a removed one too. Null when the account has none such. */
export class VehicleQuery extends Query<VehicleView | null> {
  constructor(
    readonly accountId: string,
    readonly vehicleId: string,
  ) {
    super();
  }
}

export interface VehicleView {
  readonly id: string;
  readonly make: string;
  readonly plateType: string;
  /** Normalised. */
  readonly grz: string;
  /** Normalised. */
  readonly sts: string;
  readonly version: number;
  readonly removed: boolean;
}
