import { Controller, Get, Query } from '@nestjs/common';
import { QueryBus } from '@nestjs/cqrs';
import { page, type Page } from '../../../../platform/http/page.js';
import { type Citizen, CurrentCitizen } from '../../../../platform/http/principal.js';
import { PersonalDocumentsQuery } from '../../application/cabinet-documents.query.js';
import { familyOf } from '../family.js';
import { documentsPage } from './documents.page.js';

/** «Документы»: the personal ones. */
@Controller('documents')
export class DocumentsController {
  constructor(private readonly queries: QueryBus) {}

  /** `?removed=` offers to bring a document back; typed twice, by hand, it means nothing. */
  @Get()
  async show(@CurrentCitizen() citizen: Citizen, @Query('removed') removed?: unknown): Promise<Page> {
    const [documents, family] = await Promise.all([
      this.queries.execute(new PersonalDocumentsQuery(citizen.accountId)),
      familyOf(citizen.accountId, this.queries),
    ]);
    return page('documents/list', documentsPage(documents, family, typeof removed === 'string' ? removed : null));
  }
}
