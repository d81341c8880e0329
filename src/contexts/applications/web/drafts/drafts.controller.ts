import { Controller, Get } from '@nestjs/common';
import { QueryBus } from '@nestjs/cqrs';
import { page, type Page } from '../../../../platform/http/page.js';
import { type Citizen, CurrentCitizen } from '../../../../platform/http/principal.js';
import { DraftsQuery } from '../../application/drafts.query.js';
import { draftsPage } from './drafts.page.js';

/** «Черновики заявлений». */
@Controller('applications/drafts')
export class DraftsController {
  constructor(private readonly queries: QueryBus) {}

  @Get()
  async show(@CurrentCitizen() citizen: Citizen): Promise<Page> {
    return page('applications/drafts', draftsPage(await this.queries.execute(new DraftsQuery(citizen.accountId))));
  }
}
