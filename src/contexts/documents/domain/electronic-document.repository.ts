import { type ElectronicDocument } from './electronic-document.js';

/** Where electronic documents live. Every way to load one names its owner. */
export abstract class ElectronicDocumentRepository {
  /** The owner's document of this source, also a removed one; null when it was never kept or is forgotten. */
  abstract ofSource(sourceId: string, ownerId: string): Promise<ElectronicDocument | null>;
  /** Throws ElectronicDocumentNotFound, also for a removed one. */
  abstract get(id: string, ownerId: string): Promise<ElectronicDocument>;
  /** One that was removed and can be brought back. Throws ElectronicDocumentNotFound. */
  abstract getRemoved(id: string, ownerId: string): Promise<ElectronicDocument>;
  /** Of two that keep the same source at once, one is stored; the other changes nothing. */
  abstract save(document: ElectronicDocument): Promise<void>;
  /** Forgets documents removed before that instant; their files are let go. */
  abstract forgetRemovedBefore(instant: Date): Promise<void>;
}
