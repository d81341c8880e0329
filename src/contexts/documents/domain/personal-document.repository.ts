import { type PersonalDocument } from './personal-document.js';

export abstract class PersonalDocumentRepository {
  /** Throws DocumentNotFound, also for somebody else's document and for a removed one. */
  abstract get(id: string, ownerId: string): Promise<PersonalDocument>;
  /** As `get`, but only a removed one that is not forgotten yet. */
  abstract getRemoved(id: string, ownerId: string): Promise<PersonalDocument>;
  /** The owner's documents that came from ESIA, also those that vanished there and are not forgotten yet. */
  abstract mirrorsOf(ownerId: string): Promise<PersonalDocument[]>;
  /** Throws DocumentChanged when another save was faster. */
  abstract save(document: PersonalDocument): Promise<void>;
  /**
   * As `save`, for a document that others may rule out (`refuseBeside`, which is asked here on the day `today`): those that come at once, from
   * two windows or two programs, wait for each other, so that no two of them see each other missing.
   */
  abstract saveBesideOthers(document: PersonalDocument, today: string): Promise<void>;
  /** Stores all of them together, or none. */
  abstract saveAll(documents: readonly PersonalDocument[]): Promise<void>;
  /**
   * Erases documents removed before `removed`; their files become unclaimed. Those that are gone at ESIA and carry files of the owner are
   * erased when they went before `goneWithFiles`. Returns how many.
   */
  abstract forgetRemovedBefore(removed: Date, goneWithFiles: Date): Promise<number>;
}
