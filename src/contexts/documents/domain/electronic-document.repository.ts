import { type ElectronicDocument } from './electronic-document.js';

export abstract class ElectronicDocumentRepository {
  /** Keeps it unless the owner has one of the same source already. */
  abstract keepOnce(document: ElectronicDocument): Promise<void>;
}
