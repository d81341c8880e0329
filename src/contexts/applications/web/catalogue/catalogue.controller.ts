import { Controller, Get, Query } from '@nestjs/common';
import { QueryBus } from '@nestjs/cqrs';
import { page, type Page } from '../../../../platform/http/page.js';
import { Public } from '../../../../platform/http/principal.js';
import { readForm } from '../../../../platform/http/read-form.js';
import { ServicesQuery } from '../../application/services.query.js';
import { CatalogueSearch } from './catalogue.form.js';
import { cataloguePage } from './catalogue.page.js';

/** The catalogue: everybody may look. */
@Controller('services')
export class CatalogueController {
  constructor(private readonly queries: QueryBus) {}

  @Get()
  @Public()
  async show(@Query() query: unknown): Promise<Page> {
    const { form, errors } = await readForm(CatalogueSearch, query);
    const found = errors ? [] : await this.queries.execute(new ServicesQuery({ search: form.q, sphere: form.sphere || undefined }));
    return page('applications/catalogue', cataloguePage(form, found, errors), { layout: 'public', status: errors ? 422 : 200 });
  }
}
