import { Body, Controller, Get, Param, Post } from '@nestjs/common';
import { CommandBus, QueryBus } from '@nestjs/cqrs';
import { page, type Page, type SeeOther, seeOther } from '../../../../platform/http/page.js';
import { type Citizen, CurrentCitizen } from '../../../../platform/http/principal.js';
import { readForm } from '../../../../platform/http/read-form.js';
import { Messages } from '../../../../platform/views/messages.js';
import { PersonalDocumentQuery, type PersonalDocumentView } from '../../application/cabinet-documents.query.js';
import { ChangePersonalDocument } from '../../application/change-personal-document.js';
import { documentKind } from '../../domain/document-kinds.js';
import {
  DocumentChanged,
  DocumentDuplicate,
  DocumentNotFound,
  OnePerPerson,
} from '../../domain/personal-document.errors.js';
import { requisiteErrors } from '../requisite-fields.js';
import { EditDocumentForm } from './edit-document.form.js';
import { editDocumentPage } from './edit-document.page.js';

/** Corrects the requisites of a document. */
@Controller('documents/:id/edit')
export class EditDocumentController {
  constructor(
    private readonly commands: CommandBus,
    private readonly queries: QueryBus,
    private readonly messages: Messages,
  ) {}

  @Get()
  async show(@CurrentCitizen() citizen: Citizen, @Param('id') id: string): Promise<Page> {
    return page('documents/edit', editDocumentPage(await this.find(citizen, id)));
  }

  @Post()
  async change(
    @CurrentCitizen() citizen: Citizen,
    @Param('id') id: string,
    @Body() body: unknown,
  ): Promise<Page | SeeOther> {
    const document = await this.find(citizen, id);
    const { form } = await readForm(EditDocumentForm, body);
    try {
      await this.commands.execute(new ChangePersonalDocument(citizen.accountId, id, form.version, form.requisites));
      return seeOther(`/documents/${id}`, { notice: 'documents.document-changed' });
    } catch (error) {
      const errors = requisiteErrors(documentKind(document.kindCode), error);
      if (errors) return page('documents/edit', editDocumentPage(document, { form, errors }), { status: 422 });
      if (error instanceof DocumentChanged) {
        // Both versions on one page: what was typed in the fields, what is stored above them. Sending again replaces the latter.
        const stored = await this.find(citizen, id);
        return page(
          'documents/edit',
          editDocumentPage(stored, { form: { ...form, version: stored.version }, changedMeanwhile: true }),
          { status: 409 },
        );
      }
      if (!(error instanceof DocumentDuplicate) && !(error instanceof OnePerPerson)) throw error;
      const rival = this.messages.find(error.code, error.details);
      return page('documents/edit', editDocumentPage(document, { form, rival }), { status: 409 });
    }
  }

  private async find(citizen: Citizen, id: string): Promise<PersonalDocumentView> {
    const document = await this.queries.execute(new PersonalDocumentQuery(citizen.accountId, id));
    if (!document) throw new DocumentNotFound();
    return document;
  }
}
