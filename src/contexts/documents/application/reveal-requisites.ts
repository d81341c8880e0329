import { Command, CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { Clock } from '../../../kernel/clock.js';
import { Ids } from '../../../kernel/ids.js';
import { AccessRecord, type RevealPurpose } from '../domain/access-record.js';
import { AccessRecordRepository } from '../domain/access-record.repository.js';
import { PersonalDocumentRepository } from '../domain/personal-document.repository.js';

/** Notes that the full requisites of a document are shown to its owner now; show them only after it. Throws DocumentNotFound. */
export class RevealRequisites extends Command<void> {
  constructor(
    readonly ownerId: string,
    readonly documentId: string,
    readonly purpose: RevealPurpose,
  ) {
    super();
  }
}

@CommandHandler(RevealRequisites)
export class RevealRequisitesHandler implements ICommandHandler<RevealRequisites> {
  constructor(
    private readonly documents: PersonalDocumentRepository,
    private readonly records: AccessRecordRepository,
    private readonly ids: Ids,
    private readonly clock: Clock,
  ) {}

  async execute({ ownerId, documentId, purpose }: RevealRequisites): Promise<void> {
    const { id } = await this.documents.get(documentId, ownerId);
    await this.records.add(new AccessRecord(this.ids.next(), id, ownerId, purpose, this.clock.now()));
  }
}
