import { Controller, Get, Param, Post, Query } from '@nestjs/common';
import { CommandBus, QueryBus } from '@nestjs/cqrs';
import { page, type Page, type SeeOther, seeOther } from '../../../../platform/http/page.js';
import { type Citizen, CurrentCitizen } from '../../../../platform/http/principal.js';
import { ElectronicDocumentQuery, ElectronicDocumentsQuery } from '../../application/electronic-documents.query.js';
import { RemoveElectronicDocument, RestoreElectronicDocument } from '../../application/remove-electronic-document.js';
import { ElectronicDocumentNotFound } from '../../domain/electronic-document.errors.js';
import { readSearch } from './electronic.form.js';
import { electronicDocumentPage, electronicPage } from './electronic.page.js';

/** «Электронные документы»: notices and decisions kept from applications. */
@Controller('documents/electronic')
export class ElectronicDocumentsController {
  constructor(
    private readonly commands: CommandBus,
    private readonly queries: QueryBus,
  ) {}

  @Get()
  async list(@CurrentCitizen() citizen: Citizen, @Query() query: Record<string, unknown>): Promise<Page> {
    const search = readSearch(query);
    const found = await this.queries.execute(
      new ElectronicDocumentsQuery(citizen.accountId, search.filter, search.after),
    );
    return page('documents/electronic', electronicPage(found, search));
  }

  @Get(':id')
  async show(@CurrentCitizen() citizen: Citizen, @Param('id') id: string): Promise<Page> {
    const document = await this.queries.execute(new ElectronicDocumentQuery(citizen.accountId, id));
    if (!document) throw new ElectronicDocumentNotFound();
    return page('documents/electronic-document', electronicDocumentPage(document));
  }

  @Post(':id/remove')
  async remove(@CurrentCitizen() citizen: Citizen, @Param('id') id: string): Promise<SeeOther> {
    await this.commands.execute(new RemoveElectronicDocument(citizen.accountId, id));
    return seeOther(`/documents/electronic?removed=${id}`);
  }

  @Post(':id/restore')
  async restore(@CurrentCitizen() citizen: Citizen, @Param('id') id: string): Promise<SeeOther> {
    await this.commands.execute(new RestoreElectronicDocument(citizen.accountId, id));
    return seeOther(`/documents/electronic/${id}`, { notice: 'documents.electronic-document-restored' });
  }
}
