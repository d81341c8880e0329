import { Controller, Get, HttpCode, Param, Post, Query, Req } from '@nestjs/common';
import { CommandBus, QueryBus } from '@nestjs/cqrs';
import { type FastifyRequest } from 'fastify';
import { type Download, download } from '../../../../platform/http/page.js';
import { type Citizen, CurrentCitizen } from '../../../../platform/http/principal.js';
import { RateLimit } from '../../../../platform/http/rate-limit.js';
import { CabinetFileQuery } from '../../application/cabinet-documents.query.js';
import { FileContentQuery } from '../../application/stored-files.query.js';
import { EmptyFile, FileNotFound } from '../../domain/stored-file.errors.js';
import { partsOf, storePart } from '../upload.js';

/** The answer to an upload by script. */
interface UploadedFile {
  readonly fileId: string;
  readonly name: string;
  readonly bytes: number;
}

/** Files by id: reading what is one's own, and taking uploads of forms that have a script. */
@Controller('files')
export class FilesController {
  constructor(
    private readonly commands: CommandBus,
    private readonly queries: QueryBus,
  ) {}

  @Get(':id')
  async read(@CurrentCitizen() citizen: Citizen, @Param('id') id: string): Promise<Download> {
    const readable = await this.queries.execute(new CabinetFileQuery(citizen.accountId, id));
    const found = readable && (await this.queries.execute(new FileContentQuery(id)));
    if (!found) throw new FileNotFound();
    const { name, mediaType, bytes } = found.info;
    return download({ content: found.content, name, mediaType, bytes });
  }

  /** The first file of a multipart body; `?extensions=pdf,jpg` narrows what is taken. Refusals come back as problem+json. */
  @Post()
  @HttpCode(201)
  @RateLimit({ max: 60, perSeconds: 60 })
  async upload(
    @CurrentCitizen() citizen: Citizen,
    @Req() request: FastifyRequest,
    @Query('extensions') extensions?: string,
  ): Promise<UploadedFile> {
    for await (const part of partsOf(request)) {
      if (part.type !== 'file') continue;
      const { fileId, name, bytes } = await storePart(part, citizen.accountId, this.commands, extensions?.split(','));
      return { fileId, name, bytes };
    }
    throw new EmptyFile();
  }
}
