import { Command, CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { Clock } from '../../../kernel/clock.js';
import { legalDayOf } from '../../../kernel/legal-day.js';
import { PersonalDocumentRepository } from '../domain/personal-document.repository.js';

/** Takes a document out of the cabinet; it can be brought back for a day. Copies inside applications stay. Throws EsiaDocumentReadOnly. */
export class RemovePersonalDocument extends Command<void> {
  constructor(
    readonly ownerId: string,
    readonly documentId: string,
  ) {
    super();
  }
}

@CommandHandler(RemovePersonalDocument)
export class RemovePersonalDocumentHandler implements ICommandHandler<RemovePersonalDocument> {
  constructor(
    private readonly documents: PersonalDocumentRepository,
    private readonly clock: Clock,
  ) {}

  async execute({ ownerId, documentId }: RemovePersonalDocument): Promise<void> {
    const document = await this.documents.get(documentId, ownerId);
    document.remove(this.clock.now());
    await this.documents.save(document);
  }
}

/** Undoes the removal. Throws DocumentNotFound once it is forgotten, DocumentDuplicate when the same one was added meanwhile. */
export class RestorePersonalDocument extends Command<void> {
  constructor(
    readonly ownerId: string,
    readonly documentId: string,
  ) {
    super();
  }
}

@CommandHandler(RestorePersonalDocument)
export class RestorePersonalDocumentHandler implements ICommandHandler<RestorePersonalDocument> {
  constructor(
    private readonly documents: PersonalDocumentRepository,
    private readonly clock: Clock,
  ) {}

  async execute({ ownerId, documentId }: RestorePersonalDocument): Promise<void> {
    const document = await this.documents.getRemoved(documentId, ownerId);
    document.restore();
    await this.documents.saveBesideOthers(document, legalDayOf(this.clock.now()));
  }
}
