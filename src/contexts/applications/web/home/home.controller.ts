import { Controller, Get } from '@nestjs/common';
import { QueryBus } from '@nestjs/cqrs';
import { page, type Page } from '../../../../platform/http/page.js';
import { type Citizen, CurrentCitizen, Public } from '../../../../platform/http/principal.js';
import { ServicesQuery } from '../../application/services.query.js';
import { homePage } from './home.page.js';

/** The first page of the portal: what it offers, popular services, the way in. */
@Controller()
export class HomeController {
  constructor(private readonly queries: QueryBus) {}

  @Get()
  @Public()
  async show(@CurrentCitizen() citizen: Citizen | null): Promise<Page> {
    const [popular, all] = await Promise.all([
      this.queries.execute(new ServicesQuery({ popularOnly: true })),
      this.queries.execute(new ServicesQuery()),
    ]);
    return page('applications/home', homePage(popular, all, citizen !== null), { layout: 'public' });
  }
}
