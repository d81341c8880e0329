import { Body, Controller, Get, Param, Post } from '@nestjs/common';
import { CommandBus, QueryBus } from '@nestjs/cqrs';
import { page, type Page, type SeeOther, seeOther } from '../../../../platform/http/page.js';
import { type Citizen, CurrentCitizen } from '../../../../platform/http/principal.js';
import { readForm } from '../../../../platform/http/read-form.js';
import { Messages } from '../../../../platform/views/messages.js';
import { PersonalDocumentQuery, type PersonalDocumentView } from '../../application/cabinet-documents.query.js';
import { ChangePersonalDocument } from '../../application/change-personal-document.js';
import { RevealRequisites } from '../../application/reveal-requisites.js';
import { documentKind } from '../../domain/document-kinds.js';
import { DocumentChanged, DocumentNotFound, EsiaDocumentReadOnly } from '../../domain/personal-document.errors.js';
import { type Family, familyOf } from '../family.js';
import { requisiteErrors, rivalOf } from '../refusals.js';
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

  /** The form holds the whole number, so opening it is noted as showing it. */
  @Get()
  async show(@CurrentCitizen() citizen: Citizen, @Param('id') id: string): Promise<Page> {
    const { document, family } = await this.find(citizen, id);
    await this.noteReveal(citizen, id);
    return page('documents/edit', editDocumentPage(document, family));
  }

  @Post()
  async change(
    @CurrentCitizen() citizen: Citizen,
    @Param('id') id: string,
    @Body() body: unknown,
  ): Promise<Page | SeeOther> {
    const { document, family } = await this.find(citizen, id);
    const { form } = await readForm(EditDocumentForm, body);
    const { version, requisites, childId } = form;
    try {
      const whose = childId === undefined ? undefined : childId || null;
      await this.commands.execute(new ChangePersonalDocument(citizen.accountId, id, version, requisites, whose));
      return seeOther(`/documents/${id}`, { notice: 'documents.document-changed' });
    } catch (error) {
      const errors = requisiteErrors(documentKind(document.kindCode), error, this.messages);
      if (errors) return page('documents/edit', editDocumentPage(document, family, { form, errors }), { status: 422 });
      if (error instanceof DocumentChanged) return this.showBoth(citizen, id, form);
      const rival = rivalOf(error, this.messages);
      if (!rival) throw error;
      return page('documents/edit', editDocumentPage(document, family, { form, rival }), { status: 409 });
    }
  }

  /** Both versions on one page: what was typed in the fields, what is stored above them. Sending again replaces the latter. */
  private async showBoth(citizen: Citizen, id: string, form: EditDocumentForm): Promise<Page> {
    const { document, family } = await this.find(citizen, id);
    await this.noteReveal(citizen, id);
    const refused = { form: { ...form, version: document.version }, changedMeanwhile: true };
    return page('documents/edit', editDocumentPage(document, family, refused), { status: 409 });
  }

  private noteReveal({ accountId }: Citizen, id: string): Promise<void> {
    return this.commands.execute(new RevealRequisites(accountId, id, 'EDIT'));
  }

  private async find({ accountId }: Citizen, id: string): Promise<{ document: PersonalDocumentView; family: Family }> {
    const [document, family] = await Promise.all([
      this.queries.execute(new PersonalDocumentQuery(accountId, id)),
      familyOf(accountId, this.queries),
    ]);
    if (!document) throw new DocumentNotFound();
    if (document.origin === 'ESIA') throw new EsiaDocumentReadOnly(id);
    return { document, family };
  }
}
