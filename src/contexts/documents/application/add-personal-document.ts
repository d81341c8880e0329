import { Command, CommandHandler, type ICommandHandler, QueryBus } from '@nestjs/cqrs';
import { Clock } from '../../../kernel/clock.js';
import { Ids } from '../../../kernel/ids.js';
import { documentKind } from '../domain/document-kinds.js';
import { PersonalDocument } from '../domain/personal-document.js';
import { PersonalDocumentRepository } from '../domain/personal-document.repository.js';
import { StoredFileRepository } from '../domain/stored-file.repository.js';
import { bearerOf, contentOf, type TypedRequisites } from './document-content.js';
import { NumberFingerprints } from './ports/number-fingerprints.js';

/**
 * «Добавить документ». Files that are not the owner's are left out. Returns the document's id. Throws UnknownDocumentKind,
 * UnknownChild, InvalidRequisites, DocumentExpired, DocumentDuplicate, OnePerPerson, SuppliedByEsia, TooManyFiles.
 */
export class AddPersonalDocument extends Command<string> {
  constructor(
    readonly ownerId: string,
    readonly kindCode: string,
    readonly requisites: TypedRequisites,
    readonly fileIds: readonly string[] = [],
    /** The child whose document it is; null for the owner's own. */
    readonly childId: string | null = null,
  ) {
    super();
  }
}

@CommandHandler(AddPersonalDocument)
export class AddPersonalDocumentHandler implements ICommandHandler<AddPersonalDocument> {
  constructor(
    private readonly documents: PersonalDocumentRepository,
    private readonly files: StoredFileRepository,
    private readonly fingerprints: NumberFingerprints,
    private readonly queries: QueryBus,
    private readonly ids: Ids,
    private readonly clock: Clock,
  ) {}

  async execute({ ownerId, kindCode, requisites, fileIds, childId }: AddPersonalDocument): Promise<string> {
    const kind = documentKind(kindCode);
    const content = contentOf(kind, requisites, this.fingerprints);
    const bearer = await bearerOf(ownerId, childId, this.queries, this.clock);
    const now = this.clock.now();
    const document = PersonalDocument.add(this.ids.next(), ownerId, kind, content, bearer, now);
    const owned = await this.files.ownedBy(ownerId, fileIds);
    document.attach(
      owned.map(({ id }) => id),
      now,
    );
    await this.documents.saveBesideOthers(document, bearer.today);
    return document.id;
  }
}
