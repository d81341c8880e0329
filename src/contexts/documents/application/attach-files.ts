import { Command, CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { Clock } from '../../../kernel/clock.js';
import { PersonalDocumentRepository } from '../domain/personal-document.repository.js';
import { FileNotFound } from '../domain/stored-file.errors.js';
import { StoredFileRepository } from '../domain/stored-file.repository.js';

/** Adds stored files of the owner to a document. Throws DocumentNotFound, FileNotFound, TooManyFiles. */
export class AttachFiles extends Command<void> {
  constructor(
    readonly ownerId: string,
    readonly documentId: string,
    readonly fileIds: readonly string[],
  ) {
    super();
  }
}

@CommandHandler(AttachFiles)
export class AttachFilesHandler implements ICommandHandler<AttachFiles> {
  constructor(
    private readonly documents: PersonalDocumentRepository,
    private readonly files: StoredFileRepository,
    private readonly clock: Clock,
  ) {}

  async execute({ ownerId, documentId, fileIds }: AttachFiles): Promise<void> {
    const document = await this.documents.get(documentId, ownerId);
    const owned = await this.files.ownedBy(ownerId, fileIds);
    if (owned.length < new Set(fileIds).size) throw new FileNotFound();
    document.attach(fileIds, this.clock.now());
    await this.documents.save(document);
  }
}

/** Takes a file off a document; unless something else needs it, it is erased later. Repeating it changes nothing. */
export class DetachFile extends Command<void> {
  constructor(
    readonly ownerId: string,
    readonly documentId: string,
    readonly fileId: string,
  ) {
    super();
  }
}

@CommandHandler(DetachFile)
export class DetachFileHandler implements ICommandHandler<DetachFile> {
  constructor(
    private readonly documents: PersonalDocumentRepository,
    private readonly clock: Clock,
  ) {}

  async execute({ ownerId, documentId, fileId }: DetachFile): Promise<void> {
    const document = await this.documents.get(documentId, ownerId);
    document.detach(fileId, this.clock.now());
    await this.documents.save(document);
  }
}
