import { type SequenceState } from './database-layout.js';
import { type TableContents } from './table-copy.js';

/** Grows when a backup can no longer be read by an older product. */
export const BACKUP_FORMAT = 1;

/** Says what a key is without giving it away: `check` of `KeyRing.checkValueOf`. */
export interface KeyCheck {
  readonly id: string;
  readonly check: string;
}

/** What a backup says of itself. */
export interface Manifest {
  readonly format: number;
  /** Version of the product that took it. */
  readonly product: string;
  /** The moment of its snapshot, ISO. */
  readonly takenAt: string;
  /** Names of the migrations that the database had. */
  readonly migrations: readonly string[];
  readonly tables: readonly (TableContents & { readonly name: string; readonly columns: readonly string[] })[];
  readonly sequences: readonly SequenceState[];
  /** Events handed over and not carried out yet; those in Redis are not in the backup. */
  readonly queues: { readonly in: 'postgres' | 'redis'; readonly waiting: number };
  /** Stored files, as they are stored: encrypted. `missing` are those that the database knows and the storage did not have. */
  readonly files: { readonly count: number; readonly bytes: number; readonly missing: readonly string[] };
  /** The keys without which the backup cannot be read, and the key that look-ups rest on. */
  readonly keys: readonly KeyCheck[];
  readonly indexKeyCheck: string;
}
