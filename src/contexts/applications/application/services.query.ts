import { Query } from '@nestjs/cqrs';
import { type AccountLevel } from '../../../kernel/account-level.js';
import { type Admission } from '../domain/filing-window.js';

/**
 * Services of the catalogue. With `search`, those whose words or letters are near to it, nearest first; with `sphere`, those of one
 * section; `popularOnly` for the first page. Closed services are left out.
 */
export class ServicesQuery extends Query<readonly ServiceLine[]> {
  constructor(readonly filter: { readonly search?: string; readonly sphere?: string; readonly popularOnly?: boolean } = {}) {
    super();
  }
}

export interface ServiceLine {
  readonly code: string;
  readonly title: string;
  readonly summary: string;
  readonly sphereCode: string;
  readonly sphereTitle: string;
  readonly authorityTitle: string;
}

/** Everything the page of a service tells. Null when there is no such service. */
export class ServiceQuery extends Query<ServiceView | null> {
  constructor(readonly code: string) {
    super();
  }
}

export interface ServiceView extends ServiceLine {
  readonly active: boolean;
  readonly requiredLevel: AccountLevel;
  readonly windows: readonly { readonly title: string; readonly opensAt: Date; readonly closesAt: Date }[];
  readonly admission: Admission;
  /** The server's time of this answer. */
  readonly asOf: Date;
  readonly passport: ServicePassport;
}

/** Words of the catalogue about a service. */
export interface ServicePassport {
  readonly who: readonly string[];
  readonly documents: readonly string[];
  readonly result: string;
  readonly termText: string;
  readonly feeText: string;
  readonly refusalGrounds: readonly string[];
  /** Where the description comes from and what it is not. */
  readonly sourceNote: string;
}
