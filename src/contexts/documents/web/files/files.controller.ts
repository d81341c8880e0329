import { Controller, Get, HttpCode, Param, Post, Query, Req } from '@nestjs/common';
import { CommandBus, QueryBus } from '@nestjs/cqrs';
import { type FastifyRequest } from 'fastify';
import { type Download, download } from '../../../../platform/http/page.js';
import { type Citizen, CurrentCitizen } from '../../../../platform/http/principal.js';
import { RateLimit } from '../../../../platform/http/rate-limit.js';
import { readOneFile } from '../../../../platform/http/read-multipart.js';
import { CabinetFileQuery } from '../../application/cabinet-documents.query.js';
import { StoreFile } from '../../application/store-file.command.js';
import { FileContentQuery } from '../../application/stored-files.query.js';
import { EmptyFile, FileNotFound } from '../../domain/stored-file.errors.js';
import { type ScanState } from '../../domain/stored-file.js';

/** The answer to an upload by script. */
interface UploadedFile {
  readonly fileId: string;
  readonly name: string;
  readonly bytes: number;
  readonly extension: string;
  /** `PENDING`: in quarantine, so it can go into a document, but not into an application yet. */
  readonly scan: ScanState;
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

  /** The file of a multipart body; `?extensions=pdf,jpg` narrows what is taken. A refusal comes back as problem+json. */
  @Post()
  @HttpCode(201)
  @RateLimit({ max: 60, perSeconds: 60 })
  async upload(
    @CurrentCitizen() citizen: Citizen,
    @Req() request: FastifyRequest,
    @Query('extensions') extensions?: unknown,
  ): Promise<UploadedFile> {
    const allowed = typeof extensions === 'string' ? extensions.split(',') : undefined;
    const stored = await readOneFile(request, ({ fileName, content }) =>
      this.commands.execute(new StoreFile(citizen.accountId, fileName, content, allowed, 'QUARANTINE')),
    );
    if (!stored) throw new EmptyFile();
    const { fileId, name, bytes, extension, scan } = stored;
    return { fileId, name, bytes, extension, scan };
  }
}
