import { CommandBus, EventsHandler } from '@nestjs/cqrs';
import { type Reaction } from '../../../kernel/domain-event.js';
import { ElectronicDocumentKept } from '../domain/electronic-document.events.js';
import { FilesOfDocumentChanged } from '../domain/personal-document.events.js';
import { VerifySignatures } from './verify-signatures.js';

/** A signature is checked as soon as it lies beside its file. */
@EventsHandler(FilesOfDocumentChanged, ElectronicDocumentKept)
export class VerifySignaturesOfDocument implements Reaction<FilesOfDocumentChanged | ElectronicDocumentKept> {
  constructor(private readonly commands: CommandBus) {}

  async handle({ documentId }: FilesOfDocumentChanged | ElectronicDocumentKept): Promise<void> {
    await this.commands.execute(new VerifySignatures(documentId));
  }
}
