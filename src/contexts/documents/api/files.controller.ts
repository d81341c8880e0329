import { Controller, Get, HttpCode, Param, Post, Req } from '@nestjs/common';
import { CommandBus, QueryBus } from '@nestjs/cqrs';
import { ApiBody, ApiConsumes, ApiCreatedResponse, ApiOkResponse, ApiOperation } from '@nestjs/swagger';
import { type FastifyRequest } from 'fastify';
import { ApiChange, ApiOfCitizens } from '../../../platform/http/api-document.js';
import { type Download, download } from '../../../platform/http/page.js';
import { type Citizen, CurrentCitizen } from '../../../platform/http/principal.js';
import { RateLimit } from '../../../platform/http/rate-limit.js';
import { readOneFile } from '../../../platform/http/read-multipart.js';
import { CabinetFileQuery } from '../application/cabinet-documents.query.js';
import { StoreFile } from '../application/store-file.command.js';
import { FileContentQuery } from '../application/stored-files.query.js';
import { EmptyFile, FileNotFound } from '../domain/stored-file.errors.js';
import { fileView } from './document-views.js';
import { FILE, UPLOAD } from './documents.schemas.js';

/** Files for programs of the citizen: uploaded one by one, read as they were uploaded. */
@ApiOfCitizens()
@Controller('api/v1/files')
export class FilesApiController {
  constructor(
    private readonly commands: CommandBus,
    private readonly queries: QueryBus,
  ) {}

  @Post()
  @ApiOperation({ summary: 'Takes one file; what nothing needs within 48 hours is erased' })
  @HttpCode(201)
  @RateLimit({ max: 60, perSeconds: 60 })
  @ApiChange()
  @ApiConsumes('multipart/form-data')
  @ApiBody({ schema: UPLOAD })
  @ApiCreatedResponse({ schema: FILE })
  async upload(@CurrentCitizen() { accountId }: Citizen, @Req() request: FastifyRequest) {
    const stored = await readOneFile(request, ({ fileName, content }) =>
      this.commands.execute(new StoreFile(accountId, fileName, content, undefined, 'QUARANTINE')),
    );
    if (!stored) throw new EmptyFile();
    return fileView(stored);
  }

  @Get(':id')
  @ApiOperation({ summary: 'The file as it was uploaded' })
  @ApiOkResponse({ content: { 'application/octet-stream': { schema: { type: 'string', format: 'binary' } } } })
  async read(@CurrentCitizen() { accountId }: Citizen, @Param('id') id: string): Promise<Download> {
    const readable = await this.queries.execute(new CabinetFileQuery(accountId, id));
    const found = readable && (await this.queries.execute(new FileContentQuery(id)));
    if (!found) throw new FileNotFound();
    const { name, mediaType, bytes } = found.info;
    return download({ content: found.content, name, mediaType, bytes });
  }
}
