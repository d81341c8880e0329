import { Command, CommandHandler, type ICommandHandler, QueryBus } from '@nestjs/cqrs';
import { Clock } from '../../../kernel/clock.js';
import { PersonalDocumentRepository } from '../domain/personal-document.repository.js';
import { bearerOf, contentOf, type TypedRequisites } from './document-content.js';
import { NumberFingerprints } from './ports/number-fingerprints.js';

/** New requisites for a document; `version` is the one the form was opened with. Refuses as AddPersonalDocument does, DocumentChanged, EsiaDocumentReadOnly. */
export class ChangePersonalDocument extends Command<void> {
  constructor(
    readonly ownerId: string,
    readonly documentId: string,
    readonly version: number,
    readonly requisites: TypedRequisites,
    /** The child whose document it is, null for the owner's own; left out, it stays as it was. */
    readonly childId?: string | null,
  ) {
    super();
  }
}

@CommandHandler(ChangePersonalDocument)
export class ChangePersonalDocumentHandler implements ICommandHandler<ChangePersonalDocument> {
  constructor(
    private readonly documents: PersonalDocumentRepository,
    private readonly fingerprints: NumberFingerprints,
    private readonly queries: QueryBus,
    private readonly clock: Clock,
  ) {}

  async execute({ ownerId, documentId, version, requisites, childId }: ChangePersonalDocument): Promise<void> {
    const document = await this.documents.get(documentId, ownerId);
    const content = contentOf(document.kind, requisites, this.fingerprints);
    const bearer = await bearerOf(
      ownerId,
      childId === undefined ? document.child : childId,
      this.queries,
      this.clock,
      document.child,
    );
    document.change(content, bearer, version, this.clock.now());
    await this.documents.saveBesideOthers(document, bearer.today);
  }
}
