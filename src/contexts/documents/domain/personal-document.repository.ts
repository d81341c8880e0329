import { type PersonalDocument } from './personal-document.js';

export abstract class PersonalDocumentRepository {
  /** Throws DocumentNotFound, also for somebody else's document and for a removed one. */
  abstract get(id: string, ownerId: string): Promise<PersonalDocument>;
  /** As `get`, but only a removed one that is not forgotten yet. */
  abstract getRemoved(id: string, ownerId: string): Promise<PersonalDocument>;
  /** The owner's documents of that kind, without the removed ones. */
  abstract ofKind(ownerId: string, kindCode: string): Promise<PersonalDocument[]>;
  /** The owner's documents that came from ESIA, also those that vanished there and are not forgotten yet. */
  abstract mirrorsOf(ownerId: string): Promise<PersonalDocument[]>;
  /** Throws DocumentDuplicate when another save was first with the same number. */
  abstract save(document: PersonalDocument): Promise<void>;
  /** Stores all of them together, or none. */
  abstract saveAll(documents: readonly PersonalDocument[]): Promise<void>;
  /** Erases documents removed before that instant; their files become unclaimed. Returns how many. */
  abstract forgetRemovedBefore(instant: Date): Promise<number>;
}
