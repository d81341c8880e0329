import { Controller, Get, Param, Post, Query, Req } from '@nestjs/common';
import { CommandBus, QueryBus } from '@nestjs/cqrs';
import { type FastifyRequest } from 'fastify';
import { page, type Page, type SeeOther, seeOther } from '../../../../platform/http/page.js';
import { type Citizen, CurrentCitizen } from '../../../../platform/http/principal.js';
import { RateLimit } from '../../../../platform/http/rate-limit.js';
import { formErrors } from '../../../../platform/http/read-form.js';
import { Messages } from '../../../../platform/views/messages.js';
import { AddPersonalDocument } from '../../application/add-personal-document.js';
import { StoredFilesQuery } from '../../application/stored-files.query.js';
import { documentKind } from '../../domain/document-kinds.js';
import { DocumentDuplicate, OnePerPerson, TooManyFiles } from '../../domain/personal-document.errors.js';
import { requisiteErrors } from '../requisite-fields.js';
import { listIn, readUpload, requisitesIn } from '../upload.js';
import { addDocumentPage } from './add-document.page.js';
import { chooseKindPage } from './choose-kind.page.js';

/** «Добавить документ»: choose the kind, then its form with the scans. */
@Controller('documents/add')
export class AddDocumentController {
  constructor(
    private readonly commands: CommandBus,
    private readonly queries: QueryBus,
    private readonly messages: Messages,
  ) {}

  @Get()
  chooseKind(@Query('q') sought?: unknown): Page {
    return page('documents/choose-kind', chooseKindPage(typeof sought === 'string' ? sought : ''));
  }

  @Get(':kind')
  showForm(@Param('kind') kindCode: string): Page {
    return page('documents/add', addDocumentPage(documentKind(kindCode), {}, [], null));
  }

  /** Files are kept while the form is being mended: they come back in it by their ids. */
  @Post(':kind')
  @RateLimit({ max: 30, perSeconds: 60 })
  async add(
    @CurrentCitizen() citizen: Citizen,
    @Param('kind') kindCode: string,
    @Req() request: FastifyRequest,
  ): Promise<Page | SeeOther> {
    const kind = documentKind(kindCode);
    const { fields, files, refusals } = await readUpload(request, citizen.accountId, this.commands, this.messages);
    const requisites = requisitesIn(fields);
    const earlier = await this.queries.execute(new StoredFilesQuery(citizen.accountId, listIn(fields, 'fileIds')));
    const added = [...earlier, ...files];
    if (refusals.length > 0) {
      return page(
        'documents/add',
        addDocumentPage(kind, requisites, added, formErrors({ files: refusals.join(' ') })),
        { status: 422 },
      );
    }
    try {
      const fileIds = added.map(({ fileId }) => fileId);
      const documentId = await this.commands.execute(
        new AddPersonalDocument(citizen.accountId, kind.code, requisites, fileIds),
      );
      return seeOther(`/documents/${documentId}`, { notice: 'documents.document-added' });
    } catch (error) {
      const errors =
        requisiteErrors(kind, error) ??
        (error instanceof TooManyFiles ? formErrors({ files: this.messages.text(error.code, error.details) }) : null);
      if (errors) return page('documents/add', addDocumentPage(kind, requisites, added, errors), { status: 422 });
      if (!(error instanceof DocumentDuplicate) && !(error instanceof OnePerPerson)) throw error;
      const rival = this.messages.find(error.code, error.details);
      return page('documents/add', addDocumentPage(kind, requisites, added, null, rival), { status: 409 });
    }
  }
}
