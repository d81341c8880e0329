import { Command, CommandBus, CommandHandler, type ICommandHandler, QueryBus } from '@nestjs/cqrs';
import { Clock } from '../../../kernel/clock.js';
import { AttachableFilesQuery, HoldFiles, StoredFilesQuery } from '../../documents/public.js';
import { DraftNotFound, UnusableFile } from '../domain/draft.errors.js';
import { DraftRepository } from '../domain/draft.repository.js';
import { mostFilesOf } from '../domain/form-definition.js';
import { fieldsOf } from '../domain/prefill.js';
import { factsAbout, readDraftForm } from './applicant-facts.js';
import { draftHolder } from './hold-attachments.js';
import { ServiceCatalogue } from './ports/service-catalogue.js';

/**
 * Puts stored files into a field of files: fresh uploads, or files of the cabinet (`fromCabinet`: those whose document is current).
 * Throws UnusableFile for one that is not the citizen's, is gone or of a wrong kind, TooManyFiles; then none is added.
 */
export class AttachFiles extends Command<void> {
  constructor(
    readonly draftId: string,
    readonly applicantId: string,
    readonly field: string,
    readonly fileIds: readonly string[],
    readonly fromCabinet: boolean,
  ) {
    super();
  }
}

@CommandHandler(AttachFiles)
export class AttachFilesHandler implements ICommandHandler<AttachFiles> {
  constructor(
    private readonly drafts: DraftRepository,
    private readonly catalogue: ServiceCatalogue,
    private readonly queries: QueryBus,
    private readonly commands: CommandBus,
    private readonly clock: Clock,
  ) {}

  async execute({ draftId, applicantId, field: name, fileIds, fromCabinet }: AttachFiles): Promise<void> {
    const draft = await this.drafts.get(draftId, applicantId);
    const form = await this.catalogue.form(draft.serviceCode, draft.formVersion);
    const field = fieldsOf(form).find((candidate) => candidate.name === name && candidate.type === 'fileList');
    if (!field) throw new DraftNotFound();
    const known = fromCabinet
      ? await this.queries.execute(new AttachableFilesQuery(applicantId, { kinds: field.kinds, extensions: field.extensions }))
      : await this.queries.execute(new StoredFilesQuery(applicantId, fileIds));
    for (const id of fileIds) {
      const file = known.find(({ fileId }) => fileId === id);
      if (!file || (field.extensions && !field.extensions.includes(file.extension))) throw new UnusableFile({ field: name });
      const { fileId, name: fileName, extension, mediaType, bytes, sha256 } = file;
      draft.attach(name, { fileId, name: fileName, extension, mediaType, bytes, sha256 }, mostFilesOf(field));
    }
    const now = this.clock.now();
    const facts = await factsAbout(this.queries, applicantId, form);
    const filled = await readDraftForm(this.catalogue, form, draft.currentAnswers, now, { facts });
    draft.fill(filled.kept, filled.progressPercent, now);
    // A draft may wait for weeks: without a hold a fresh upload would be swept away in two days.
    await this.commands.execute(new HoldFiles(draftHolder(draftId), fileIds));
    await this.drafts.save(draft);
  }
}
