import { Command, CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { DraftRepository } from '../domain/draft.repository.js';

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
  constructor(private readonly drafts: DraftRepository) {}

  async execute({ draftId, applicantId }: DeleteDraft): Promise<void> {
    const draft = await this.drafts.get(draftId, applicantId);
    draft.requireOpen();
    await this.drafts.remove(draft);
  }
}
