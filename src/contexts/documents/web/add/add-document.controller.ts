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
import { documentKind, type DocumentKind } from '../../domain/document-kinds.js';
import { TooManyFiles } from '../../domain/personal-document.errors.js';
import { readRequisites } from '../../domain/requisite-reading.js';
import { familyOf } from '../family.js';
import { requisiteErrors, rivalOf } from '../refusals.js';
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
    return page('documents/choose-kind', chooseKindPage(textOf(sought)));
  }

  /** `?child=` chooses whose document it is ahead. */
  @Get(':kind')
  async showForm(
    @CurrentCitizen() citizen: Citizen,
    @Param('kind') kindCode: string,
    @Query('child') child?: unknown,
  ): Promise<Page> {
    const form = { requisites: {}, childId: textOf(child), files: [] };
    return page(
      'documents/add',
      addDocumentPage(documentKind(kindCode), await familyOf(citizen.accountId, this.queries), form),
    );
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
    const { fields, files, refusals, status } = await readUpload(request, citizen.accountId, this.commands, this.messages);
    const [earlier, family] = await Promise.all([
      this.queries.execute(new StoredFilesQuery(citizen.accountId, listIn(fields, 'fileIds'))),
      familyOf(citizen.accountId, this.queries),
    ]);
    const [childId = ''] = listIn(fields, 'childId');
    const form = { requisites: requisitesIn(fields), childId, files: [...earlier, ...files] };
    const isGone = earlier.length < new Set(listIn(fields, 'fileIds')).size;
    const sentences = isGone ? [...refusals, this.messages.text('documents.files-gone')] : refusals;
    if (sentences.length > 0) {
      const errors = formErrors({ ...this.faultsOf(kind, form.requisites), files: sentences.join(' ') });
      return page('documents/add', addDocumentPage(kind, family, form, { errors }), { status });
    }
    try {
      const fileIds = form.files.map(({ fileId }) => fileId);
      const documentId = await this.commands.execute(
        new AddPersonalDocument(citizen.accountId, kind.code, form.requisites, fileIds, childId || null),
      );
      return seeOther(`/documents/${documentId}`, { notice: 'documents.document-added' });
    } catch (error) {
      const tooMany = error instanceof TooManyFiles && formErrors({ files: this.messages.text(error.code, error.details) });
      const errors = tooMany || requisiteErrors(kind, error, this.messages);
      if (errors) return page('documents/add', addDocumentPage(kind, family, form, { errors }), { status: 422 });
      const rival = rivalOf(error, this.messages);
      if (!rival) throw error;
      return page('documents/add', addDocumentPage(kind, family, form, { rival }), { status: 409 });
    }
  }

  /** What is wrong with the requisites of a form that is refused for its files, so that all of it is mended at once. */
  private faultsOf(kind: DocumentKind, requisites: Readonly<Record<string, string | string[]>>): Readonly<Record<string, string>> {
    try {
      readRequisites(kind, requisites);
      return {};
    } catch (error) {
      return requisiteErrors(kind, error, this.messages)?.fields ?? {};
    }
  }
}

/** A parameter given twice comes as a list: it was typed by hand and means nothing. */
const textOf = (parameter: unknown): string => (typeof parameter === 'string' ? parameter : '');
