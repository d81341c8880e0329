import { Command, CommandBus, CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { ReleaseFiles } from '../../documents/public.js';
import { DraftRepository } from '../domain/draft.repository.js';
import { draftHolder } from './hold-attachments.js';

/** Removes a draft for good. Throws AlreadySubmitted when it was sent: its application stays. */
export class DeleteDraft extends Command<void> {
  constructor(
    readonly draftId: string,
    readonly applicantId: string,
  ) {
    super();
  }
}

@CommandHandler(DeleteDraft)
export class DeleteDraftHandler implements ICommandHandler<DeleteDraft> {
  constructor(
    private readonly drafts: DraftRepository,
    private readonly commands: CommandBus,
  ) {}

  async execute({ draftId, applicantId }: DeleteDraft): Promise<void> {
    const draft = await this.drafts.get(draftId, applicantId);
    draft.requireOpen();
    await this.drafts.remove(draft);
    await this.commands.execute(new ReleaseFiles(draftHolder(draftId)));
  }
}
