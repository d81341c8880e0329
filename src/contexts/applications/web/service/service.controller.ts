import { Body, Controller, Get, Param, Post } from '@nestjs/common';
import { CommandBus, QueryBus } from '@nestjs/cqrs';
import { page, type Page, type SeeOther, seeOther } from '../../../../platform/http/page.js';
import { type Citizen, CurrentCitizen, Public } from '../../../../platform/http/principal.js';
import { readForm } from '../../../../platform/http/read-form.js';
import { DraftsQuery } from '../../application/drafts.query.js';
import { ServiceQuery } from '../../application/services.query.js';
import { StartDraft } from '../../application/start-draft.js';
import { ServiceNotFound } from '../../domain/draft.errors.js';
import { StartForm } from './service.form.js';
import { servicePage } from './service.page.js';

/** One service: who may apply, what for, and the button that starts the form. */
@Controller('services/:code')
export class ServiceController {
  constructor(
    private readonly commands: CommandBus,
    private readonly queries: QueryBus,
  ) {}

  @Get()
  @Public()
  async show(@CurrentCitizen() citizen: Citizen | null, @Param('code') code: string): Promise<Page> {
    const [service, drafts] = await Promise.all([
      this.queries.execute(new ServiceQuery(code)),
      citizen ? this.queries.execute(new DraftsQuery(citizen.accountId, code)) : [],
    ]);
    if (!service) throw new ServiceNotFound();
    return page('applications/service', servicePage(service, drafts, citizen?.level ?? null), { layout: 'public' });
  }

  /** `answers[…]` are answers known ahead: «Заменить документ» opens the form with the document chosen. */
  @Post('draft')
  async start(@CurrentCitizen() citizen: Citizen, @Param('code') code: string, @Body() body: unknown): Promise<SeeOther> {
    const { form } = await readForm(StartForm, body);
    const draftId = await this.commands.execute(new StartDraft(citizen.accountId, code, form.answers));
    return seeOther(`/drafts/${draftId}`);
  }
}
