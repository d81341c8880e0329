import { CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { Clock } from '../../../kernel/clock.js';
import { Ids } from '../../../kernel/ids.js';
import { ElectronicDocument } from '../domain/electronic-document.js';
import { ElectronicDocumentRepository } from '../domain/electronic-document.repository.js';
import { SaveElectronicDocument } from './save-electronic-document.command.js';

/** One that was removed comes back: who saves it again wants it. */
@CommandHandler(SaveElectronicDocument)
export class SaveElectronicDocumentHandler implements ICommandHandler<SaveElectronicDocument> {
  constructor(
    private readonly documents: ElectronicDocumentRepository,
    private readonly ids: Ids,
    private readonly clock: Clock,
  ) {}

  async execute({ accountId, document }: SaveElectronicDocument): Promise<void> {
    const kept = await this.documents.ofSource(document.sourceId, accountId);
    kept?.restore();
    const paper = { ...document, issuedAt: new Date(document.issuedAt) };
    await this.documents.save(kept ?? ElectronicDocument.keep(this.ids.next(), accountId, paper, this.clock.now()));
  }
}
