import { Query } from '@nestjs/cqrs';

/** Numbers by which fines of a vehicle are looked up. Null when the vehicle is gone. */
export class VehicleDocumentsQuery extends Query<VehicleDocuments | null> {
  constructor(readonly vehicleId: string) {
    super();
  }
}

export interface VehicleDocuments {
  readonly vehicleId: string;
  readonly accountId: string;
  readonly make: string;
  /** Registration plate, normalised: Cyrillic capitals, no spaces (`А123ВС178`). */
  readonly grz: string;
  /** Registration certificate (СТС), 10 characters. */
  readonly sts: string;
}
