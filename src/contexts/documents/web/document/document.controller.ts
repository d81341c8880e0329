import { Controller, Get, Param, Post, Req } from '@nestjs/common';
import { CommandBus, QueryBus } from '@nestjs/cqrs';
import { type FastifyRequest } from 'fastify';
import { Config } from '../../../../platform/config/config.js';
import { page, type Page, type SeeOther, seeOther } from '../../../../platform/http/page.js';
import { type Citizen, CurrentCitizen } from '../../../../platform/http/principal.js';
import { RateLimit } from '../../../../platform/http/rate-limit.js';
import { formErrors } from '../../../../platform/http/read-form.js';
import { Messages } from '../../../../platform/views/messages.js';
import { AttachFiles, DetachFile } from '../../application/attach-files.js';
import { PersonalDocumentQuery, type PersonalDocumentView } from '../../application/cabinet-documents.query.js';
import { RemovePersonalDocument, RestorePersonalDocument } from '../../application/remove-personal-document.js';
import { RevealRequisites } from '../../application/reveal-requisites.js';
import { StoredFilesQuery } from '../../application/stored-files.query.js';
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
  @RateLimit({ max: 60, perSeconds: 60 })
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
    const upload = await readUpload(request, citizen.accountId, this.commands, this.messages);
    const fileIds = [...listIn(upload.fields, 'fileIds'), ...upload.files.map(({ fileId }) => fileId)];
    const refusal = fileIds.length > 0 || upload.refusals.length === 0 ? await this.attachTo(citizen, id, fileIds) : null;
    const sentences = refusal === null ? upload.refusals : [...upload.refusals, refusal];
    if (sentences.length === 0) return seeOther(`/documents/${id}`, { notice: 'documents.files-attached' });
    return this.render(citizen, id, {
      errors: formErrors({ files: sentences.join(' ') }),
      uploaded: refusal === null ? [] : await this.queries.execute(new StoredFilesQuery(citizen.accountId, fileIds)),
      status: refusal === null ? upload.status : 422,
    });
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

  /** What was taken is attached even when another file of the same form was refused. Answers why nothing was, or null. */
  private async attachTo({ accountId }: Citizen, id: string, fileIds: readonly string[]): Promise<string | null> {
    if (fileIds.length === 0) return this.messages.text('documents.no-file-chosen');
    try {
      await this.commands.execute(new AttachFiles(accountId, id, fileIds));
      return null;
    } catch (error) {
      if (!(error instanceof TooManyFiles)) throw error;
      return this.messages.text(error.code, error.details);
    }
  }

  private async render(
    citizen: Citizen,
    id: string,
    { status = 200, ...shown }: Omit<DocumentShown, 'esiaUrl'> & { readonly status?: number } = {},
  ): Promise<Page> {
    const model = documentPage(await this.find(citizen, id), { ...shown, esiaUrl: esiaEditUrl(this.config, `/documents/${id}`) });
    return page('documents/document', model, { status });
  }

  private async find(citizen: Citizen, id: string): Promise<PersonalDocumentView> {
    const document = await this.queries.execute(new PersonalDocumentQuery(citizen.accountId, id));
    if (!document) throw new DocumentNotFound();
    return document;
  }
}
