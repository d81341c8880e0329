import { Controller, Get, Res } from '@nestjs/common';
import { ApiOkResponse, ApiOperation } from '@nestjs/swagger';
import { type FastifyReply } from 'fastify';
import { ApiOfCitizens } from './api-document.js';

/** Changes by the API carry the same token as forms do; a program asks for it here. */
@ApiOfCitizens()
@Controller('api/v1/csrf-token')
export class ApiTokenController {
  @Get()
  @ApiOperation({ summary: 'The token that changes carry in x-csrf-token' })
  @ApiOkResponse({ schema: { type: 'object', required: ['token'], properties: { token: { type: 'string' } } } })
  give(@Res({ passthrough: true }) reply: FastifyReply): { readonly token: string } {
    return { token: reply.generateCsrf() };
  }
}
