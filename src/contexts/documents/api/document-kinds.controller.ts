import { Controller, Get } from '@nestjs/common';
import { ApiOkResponse, ApiOperation } from '@nestjs/swagger';
import { ApiOfCitizens } from '../../../platform/http/api-document.js';
import { DOCUMENT_KINDS } from '../domain/document-kinds.js';
import { kindView } from './document-views.js';
import { KINDS } from './documents.schemas.js';

/** Kinds of personal documents, each with the JSON Schema of its requisites. */
@ApiOfCitizens()
@Controller('api/v1/document-kinds')
export class DocumentKindsApiController {
  @Get()
  @ApiOperation({ summary: 'Kinds of documents with the JSON Schema of their requisites' })
  @ApiOkResponse({ schema: KINDS })
  list() {
    return { kinds: DOCUMENT_KINDS.map(kindView) };
  }
}
