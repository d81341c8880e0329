import { Command, CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { Clock } from '../../../kernel/clock.js';
import { ElectronicDocumentRepository } from '../domain/electronic-document.repository.js';

/** Takes a notice or decision out of the cabinet; it can be brought back for a day. Throws ElectronicDocumentNotFound. */
export class RemoveElectronicDocument extends Command<void> {
  constructor(
    readonly ownerId: string,
    readonly documentId: string,
  ) {
    super();
  }
}

@CommandHandler(RemoveElectronicDocument)
export class RemoveElectronicDocumentHandler implements ICommandHandler<RemoveElectronicDocument> {
  constructor(
    private readonly documents: ElectronicDocumentRepository,
    private readonly clock: Clock,
  ) {}

  async execute({ ownerId, documentId }: RemoveElectronicDocument): Promise<void> {
    const document = await this.documents.get(documentId, ownerId);
    document.remove(this.clock.now());
    await this.documents.save(document);
  }
}

/** Undoes the removal. Throws ElectronicDocumentNotFound once it is forgotten. */
export class RestoreElectronicDocument extends Command<void> {
  constructor(
    readonly ownerId: string,
    readonly documentId: string,
  ) {
    super();
  }
}

@CommandHandler(RestoreElectronicDocument)
export class RestoreElectronicDocumentHandler implements ICommandHandler<RestoreElectronicDocument> {
  constructor(private readonly documents: ElectronicDocumentRepository) {}

  async execute({ ownerId, documentId }: RestoreElectronicDocument): Promise<void> {
    const document = await this.documents.getRemoved(documentId, ownerId);
    document.restore();
    await this.documents.save(document);
  }
}
