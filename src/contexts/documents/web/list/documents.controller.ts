import { Controller, Get, Query } from '@nestjs/common';
import { QueryBus } from '@nestjs/cqrs';
import { page, type Page } from '../../../../platform/http/page.js';
import { type Citizen, CurrentCitizen } from '../../../../platform/http/principal.js';
import { ElectronicDocumentsQuery, PersonalDocumentsQuery } from '../../application/cabinet-documents.query.js';
import { documentsPage, ELECTRONIC_AT_ONCE } from './documents.page.js';

/** «Документы»: personal documents and what authorities have sent. */
@Controller('documents')
export class DocumentsController {
  constructor(private readonly queries: QueryBus) {}

  /** `?after=` continues the list of electronic documents, `?removed=` offers to bring a document back. */
  @Get()
  async show(
    @CurrentCitizen() citizen: Citizen,
    @Query('after') after?: unknown,
    @Query('removed') removed?: unknown,
  ): Promise<Page> {
    const [personal, electronic] = await Promise.all([
      this.queries.execute(new PersonalDocumentsQuery(citizen.accountId)),
      this.queries.execute(new ElectronicDocumentsQuery(citizen.accountId, ELECTRONIC_AT_ONCE + 1, textOf(after))),
    ]);
    return page('documents/list', documentsPage(personal, electronic, textOf(removed)));
  }
}

/** A parameter given twice comes as a list: it was typed by hand and means nothing. */
const textOf = (parameter: unknown): string | null => (typeof parameter === 'string' ? parameter : null);
