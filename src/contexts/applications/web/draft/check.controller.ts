import { Body, Controller, Get, Post } from '@nestjs/common';
import { CommandBus, QueryBus } from '@nestjs/cqrs';
import { page, type Page, type SeeOther, seeOther } from '../../../../platform/http/page.js';
import { type Citizen, CurrentCitizen } from '../../../../platform/http/principal.js';
import { readForm } from '../../../../platform/http/read-form.js';
import { SubmitApplication } from '../../application/submit-application.js';
import { DraftChanged } from '../../domain/draft.errors.js';
import { FormNotComplete } from '../../domain/submission.errors.js';
import { SubmitForm } from './check.form.js';
import { checkPage } from './check.page.js';
import { DraftId, openDraft } from './draft-of-citizen.js';

/** Everything on one page before it goes out, and the button that sends it. */
@Controller('drafts/:id')
export class CheckController {
  constructor(
    private readonly commands: CommandBus,
    private readonly queries: QueryBus,
  ) {}

  @Get('check')
  async show(@CurrentCitizen() citizen: Citizen, @DraftId() id: string): Promise<Page> {
    return page('applications/draft-check', checkPage(await openDraft(this.queries, citizen, id), citizen.level));
  }

  @Post('submit')
  async submit(@CurrentCitizen() citizen: Citizen, @DraftId() id: string, @Body() body: unknown): Promise<Page | SeeOther> {
    const { form, errors } = await readForm(SubmitForm, body);
    try {
      if (errors) throw new DraftChanged();
      const { applicationId } = await this.commands.execute(new SubmitApplication(id, citizen.accountId, citizen.level, form.version, form.idempotencyKey));
      return seeOther(`/applications/${applicationId}`, { notice: 'applications.sent' });
    } catch (error) {
      const conflict = error instanceof DraftChanged;
      if (!conflict && !(error instanceof FormNotComplete)) throw error;
      const draft = await openDraft(this.queries, citizen, id);
      return page('applications/draft-check', checkPage(draft, citizen.level, { conflict, seenAt: form.seenAt }), { status: conflict ? 412 : 422 });
    }
  }
}
