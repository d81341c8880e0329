import { Controller, Get, Param, Post, Req } from '@nestjs/common';
import { CommandBus, QueryBus } from '@nestjs/cqrs';
import { type FastifyRequest } from 'fastify';
import { Config } from '../../../../platform/config/config.js';
import { page, type Page, type SeeOther, seeOther } from '../../../../platform/http/page.js';
import { type Citizen, CurrentCitizen } from '../../../../platform/http/principal.js';
import { RateLimit } from '../../../../platform/http/rate-limit.js';
import { formErrors, type FormErrors } from '../../../../platform/http/read-form.js';
import { Messages } from '../../../../platform/views/messages.js';
import { AttachFiles, DetachFile } from '../../application/attach-files.js';
import { PersonalDocumentQuery, type PersonalDocumentView } from '../../application/cabinet-documents.query.js';
import { RemovePersonalDocument, RestorePersonalDocument } from '../../application/remove-personal-document.js';
import { RevealRequisites } from '../../application/reveal-requisites.js';
import { DocumentNotFound, TooManyFiles } from '../../domain/personal-document.errors.js';
import { esiaEditUrl } from '../esia-link.js';
import { listIn, readUpload } from '../upload.js';
import { documentPage, type DocumentShown } from './document.page.js';

/** One personal document: what it says, its scans, removal. */
@Controller('documents/:id')
export class DocumentController {
  constructor(
    private readonly commands: CommandBus,
    private readonly queries: QueryBus,
    private readonly messages: Messages,
    private readonly config: Config,
  ) {}

  @Get()
  async show(@CurrentCitizen() citizen: Citizen, @Param('id') id: string): Promise<Page> {
    return this.render(citizen, id);
  }

  /** «Показать номер»: noted before it is shown. At the address of the document itself, so that opening it anew hides the number again. */
  @Post()
  async reveal(@CurrentCitizen() citizen: Citizen, @Param('id') id: string): Promise<Page> {
    await this.commands.execute(new RevealRequisites(citizen.accountId, id, 'VIEW'));
    return this.render(citizen, id, { revealed: true });
  }

  @Post('files')
  @RateLimit({ max: 30, perSeconds: 60 })
  async attach(
    @CurrentCitizen() citizen: Citizen,
    @Param('id') id: string,
    @Req() request: FastifyRequest,
  ): Promise<Page | SeeOther> {
    await this.find(citizen, id);
    const { fields, files, refusals } = await readUpload(request, citizen.accountId, this.commands, this.messages);
    const fileIds = [...listIn(fields, 'fileIds'), ...files.map(({ fileId }) => fileId)];
    const errors = await this.attachTo(citizen, id, fileIds, refusals);
    if (errors) return this.render(citizen, id, { errors });
    return seeOther(`/documents/${id}`, { notice: 'documents.files-attached' });
  }

  @Post('files/:fileId/remove')
  async detach(
    @CurrentCitizen() citizen: Citizen,
    @Param('id') id: string,
    @Param('fileId') fileId: string,
  ): Promise<SeeOther> {
    await this.commands.execute(new DetachFile(citizen.accountId, id, fileId));
    return seeOther(`/documents/${id}`, { notice: 'documents.file-detached' });
  }

  @Post('remove')
  async remove(@CurrentCitizen() citizen: Citizen, @Param('id') id: string): Promise<SeeOther> {
    await this.commands.execute(new RemovePersonalDocument(citizen.accountId, id));
    return seeOther(`/documents?removed=${id}`);
  }

  @Post('restore')
  async restore(@CurrentCitizen() citizen: Citizen, @Param('id') id: string): Promise<SeeOther> {
    await this.commands.execute(new RestorePersonalDocument(citizen.accountId, id));
    return seeOther(`/documents/${id}`, { notice: 'documents.document-restored' });
  }

  /** What was taken is attached even when another file of the same form was refused. */
  private async attachTo(
    citizen: Citizen,
    id: string,
    fileIds: readonly string[],
    refusals: readonly string[],
  ): Promise<FormErrors | null> {
    const sentences = [...refusals];
    try {
      if (fileIds.length > 0) await this.commands.execute(new AttachFiles(citizen.accountId, id, fileIds));
      else if (refusals.length === 0) sentences.push(this.messages.text('documents.no-file-chosen'));
    } catch (error) {
      if (!(error instanceof TooManyFiles)) throw error;
      sentences.push(this.messages.text(error.code, error.details));
    }
    return sentences.length > 0 ? formErrors({ files: sentences.join(' ') }) : null;
  }

  private async render(
    citizen: Citizen,
    id: string,
    shown: Omit<DocumentShown, 'esiaUrl'> = {},
  ): Promise<Page> {
    const model = documentPage(await this.find(citizen, id), { ...shown, esiaUrl: esiaEditUrl(this.config) });
    return page('documents/document', model, { status: shown.errors ? 422 : 200 });
  }

  private async find(citizen: Citizen, id: string): Promise<PersonalDocumentView> {
    const document = await this.queries.execute(new PersonalDocumentQuery(citizen.accountId, id));
    if (!document) throw new DocumentNotFound();
    return document;
  }
}
