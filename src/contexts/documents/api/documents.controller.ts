import { Body, Controller, Delete, Get, HttpCode, Param, Post, Put, Res } from '@nestjs/common';
import { CommandBus, QueryBus } from '@nestjs/cqrs';
import { ApiBody, ApiCreatedResponse, ApiNoContentResponse, ApiOkResponse, ApiOperation } from '@nestjs/swagger';
import { ArrayMaxSize, IsArray, IsInt, IsObject, IsOptional, IsString } from 'class-validator';
import { type FastifyReply } from 'fastify';
import { ApiChange, ApiOfCitizens } from '../../../platform/http/api-document.js';
import { type Citizen, CurrentCitizen } from '../../../platform/http/principal.js';
import { RateLimit } from '../../../platform/http/rate-limit.js';
import { readApiBody } from '../../../platform/http/read-api-body.js';
import { AddPersonalDocument } from '../application/add-personal-document.js';
import { AttachFiles, DetachFile } from '../application/attach-files.js';
import {
  PersonalDocumentQuery,
  PersonalDocumentsQuery,
  type PersonalDocumentView,
} from '../application/cabinet-documents.query.js';
import { ChangePersonalDocument } from '../application/change-personal-document.js';
import { RemovePersonalDocument, RestorePersonalDocument } from '../application/remove-personal-document.js';
import { RevealRequisites } from '../application/reveal-requisites.js';
import { DocumentNotFound } from '../domain/personal-document.errors.js';
import { FILES_PER_DOCUMENT } from '../domain/personal-document.js';
import { documentView, entryView, revealedView } from './document-views.js';
import { ADDED, CHANGED_DOCUMENT, DOCUMENT, DOCUMENTS, NEW_DOCUMENT, REVEALED } from './documents.schemas.js';

class NewDocument {
  @IsString() kind!: string;
  @IsObject() requisites!: Readonly<Record<string, unknown>>;
  @IsArray() @ArrayMaxSize(FILES_PER_DOCUMENT) @IsString({ each: true }) fileIds: readonly string[] = [];
  @IsOptional() @IsString() childId: string | null = null;
}

class ChangedDocument {
  @IsInt() version!: number;
  @IsObject() requisites!: Readonly<Record<string, unknown>>;
  @IsOptional() @IsString() childId?: string | null;
}

/** Personal documents for programs of the citizen: the same commands and questions as the pages. */
@ApiOfCitizens()
@Controller('api/v1/documents')
export class DocumentsApiController {
  constructor(
    private readonly commands: CommandBus,
    private readonly queries: QueryBus,
  ) {}

  @Get()
  @ApiOperation({ summary: 'All documents, the newest first, numbers masked' })
  @ApiOkResponse({ schema: DOCUMENTS })
  async list(@CurrentCitizen() { accountId }: Citizen) {
    const documents = await this.queries.execute(new PersonalDocumentsQuery(accountId));
    return { documents: documents.map(entryView) };
  }

  @Get(':id')
  @ApiOperation({ summary: 'One document, its number masked' })
  @ApiOkResponse({ schema: DOCUMENT })
  async show(@CurrentCitizen() citizen: Citizen, @Param('id') id: string) {
    return documentView(await this.find(citizen, id));
  }

  /** The requisites in full; noted before they are told. */
  @Post(':id/reveal')
  @ApiOperation({ summary: 'The requisites in full; noted in the history of the document' })
  @HttpCode(200)
  @RateLimit({ max: 60, perSeconds: 60 })
  @ApiChange()
  @ApiOkResponse({ schema: REVEALED })
  async reveal(@CurrentCitizen() citizen: Citizen, @Param('id') id: string) {
    await this.commands.execute(new RevealRequisites(citizen.accountId, id, 'VIEW'));
    return revealedView(await this.find(citizen, id));
  }

  @Post()
  @ApiOperation({ summary: 'Adds a document' })
  @RateLimit({ max: 30, perSeconds: 60 })
  @ApiChange()
  @ApiBody({ schema: NEW_DOCUMENT })
  @ApiCreatedResponse({ schema: ADDED, headers: { location: { schema: { type: 'string' } } } })
  async add(
    @CurrentCitizen() { accountId }: Citizen,
    @Body() body: unknown,
    @Res({ passthrough: true }) reply: FastifyReply,
  ) {
    const { kind, requisites, fileIds, childId } = await readApiBody(NewDocument, body);
    const documentId = await this.commands.execute(
      new AddPersonalDocument(accountId, kind, requisites, fileIds, childId),
    );
    void reply.header('location', `/api/v1/documents/${documentId}`);
    return { documentId };
  }

  @Put(':id')
  @ApiOperation({ summary: 'New requisites; refused when somebody was faster' })
  @HttpCode(204)
  @RateLimit({ max: 30, perSeconds: 60 })
  @ApiChange()
  @ApiBody({ schema: CHANGED_DOCUMENT })
  @ApiNoContentResponse()
  async change(
    @CurrentCitizen() { accountId }: Citizen,
    @Param('id') id: string,
    @Body() body: unknown,
  ): Promise<void> {
    const { version, requisites, childId } = await readApiBody(ChangedDocument, body);
    await this.commands.execute(new ChangePersonalDocument(accountId, id, version, requisites, childId));
  }

  @Delete(':id')
  @ApiOperation({ summary: 'Removes a document; it can be restored for a day' })
  @HttpCode(204)
  @ApiChange()
  @ApiNoContentResponse()
  async remove(@CurrentCitizen() { accountId }: Citizen, @Param('id') id: string): Promise<void> {
    await this.commands.execute(new RemovePersonalDocument(accountId, id));
  }

  @Post(':id/restore')
  @ApiOperation({ summary: 'Brings a removed document back' })
  @HttpCode(204)
  @ApiChange()
  @ApiNoContentResponse()
  async restore(@CurrentCitizen() { accountId }: Citizen, @Param('id') id: string): Promise<void> {
    await this.commands.execute(new RestorePersonalDocument(accountId, id));
  }

  @Put(':id/files/:fileId')
  @ApiOperation({ summary: 'Attaches an uploaded file' })
  @HttpCode(204)
  @ApiChange()
  @ApiNoContentResponse()
  async attach(
    @CurrentCitizen() { accountId }: Citizen,
    @Param('id') id: string,
    @Param('fileId') fileId: string,
  ): Promise<void> {
    await this.commands.execute(new AttachFiles(accountId, id, [fileId]));
  }

  @Delete(':id/files/:fileId')
  @ApiOperation({ summary: 'Detaches a file' })
  @HttpCode(204)
  @ApiChange()
  @ApiNoContentResponse()
  async detach(
    @CurrentCitizen() { accountId }: Citizen,
    @Param('id') id: string,
    @Param('fileId') fileId: string,
  ): Promise<void> {
    await this.commands.execute(new DetachFile(accountId, id, fileId));
  }

  private async find({ accountId }: Citizen, id: string): Promise<PersonalDocumentView> {
    const document = await this.queries.execute(new PersonalDocumentQuery(accountId, id));
    if (!document) throw new DocumentNotFound();
    return document;
  }
}
