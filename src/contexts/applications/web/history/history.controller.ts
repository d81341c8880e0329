import { Controller, Get, Query } from '@nestjs/common';
import { QueryBus } from '@nestjs/cqrs';
import { page, type Page } from '../../../../platform/http/page.js';
import { type Citizen, CurrentCitizen } from '../../../../platform/http/principal.js';
import { readForm } from '../../../../platform/http/read-form.js';
import { ApplicationHistoryQuery } from '../../application/application-history.query.js';
import { HistoryPosition } from './history.form.js';
import { historyPage } from './history.page.js';

/** «История заявлений». */
@Controller('applications')
export class HistoryController {
  constructor(private readonly queries: QueryBus) {}

  @Get()
  async show(@CurrentCitizen() citizen: Citizen, @Query() query: unknown): Promise<Page> {
    const { form, errors } = await readForm(HistoryPosition, query);
    const after = errors ? null : form.after;
    return page('applications/history', historyPage(await this.queries.execute(new ApplicationHistoryQuery(citizen.accountId, after)), after));
  }
}
