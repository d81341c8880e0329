import { Controller, Get, Post } from '@nestjs/common';
import { CommandBus, QueryBus } from '@nestjs/cqrs';
import { page, type Page, type SeeOther, seeOther } from '../../../../platform/http/page.js';
import { type Citizen, CurrentCitizen } from '../../../../platform/http/principal.js';
import { DeleteDraft } from '../../application/delete-draft.js';
import { deletePage } from './delete.page.js';
import { DraftId, openDraft } from './draft-of-citizen.js';

/** A draft is deleted for good, so the page asks once and says what is lost. */
@Controller('drafts/:id/delete')
export class DeleteDraftController {
  constructor(
    private readonly commands: CommandBus,
    private readonly queries: QueryBus,
  ) {}

  @Get()
  async ask(@CurrentCitizen() citizen: Citizen, @DraftId() id: string): Promise<Page> {
    return page('applications/draft-delete', deletePage(await openDraft(this.queries, citizen, id)));
  }

  @Post()
  async remove(@CurrentCitizen() citizen: Citizen, @DraftId() id: string): Promise<SeeOther> {
    await this.commands.execute(new DeleteDraft(id, citizen.accountId));
    return seeOther('/applications/drafts', { notice: 'applications.draft-deleted' });
  }
}
