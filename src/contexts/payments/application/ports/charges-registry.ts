import { type Charge } from '../../domain/charge.js';
import { type PayerRequisite } from '../../domain/payer-requisite.js';

export interface ChargesSnapshot {
  readonly charges: readonly Charge[];
  readonly asOf: Date;
}

/** ГИС ГМП, the federal register of charges and payments. Both methods throw RegistryUnavailable. */
export abstract class ChargesRegistry {
  /** Charges of this payer that are not settled, each once. */
  abstract unpaidOf(payer: PayerRequisite): Promise<ChargesSnapshot>;

  /** Charges by УИН whatever their state; those the register does not know are left out. Any number of them. */
  abstract byUin(uins: readonly string[]): Promise<ChargesSnapshot>;
}
