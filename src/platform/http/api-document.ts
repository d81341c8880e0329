import { applyDecorators } from '@nestjs/common';
import { type NestFastifyApplication } from '@nestjs/platform-fastify';
import { ApiCookieAuth, ApiDefaultResponse, ApiHeader, DocumentBuilder, SwaggerModule } from '@nestjs/swagger';

const PROBLEM = {
  type: 'object',
  required: ['type', 'title', 'status', 'code'],
  properties: {
    type: { type: 'string' },
    title: { type: 'string' },
    detail: { type: 'string', description: 'What to do, in Russian' },
    status: { type: 'integer' },
    code: { type: 'string', nullable: true, description: 'Stable; says what stands in the way' },
    faults: {
      type: 'object',
      additionalProperties: { type: 'string' },
      description: 'Where fields are refused: what is wrong with each, as stable words',
    },
  },
};

/** Describes a controller of the API: who may call it, and what every refusal looks like. */
export const ApiOfCitizens = (): ClassDecorator =>
  applyDecorators(
    ApiCookieAuth('session'),
    ApiDefaultResponse({ description: 'A refusal (RFC 9457)', content: { 'application/problem+json': { schema: PROBLEM } } }),
  );

/** Describes a handler that changes something: it wants the anti-forgery token. */
export const ApiChange = (): MethodDecorator =>
  ApiHeader({ name: 'x-csrf-token', required: true, description: 'From GET /api/v1/csrf-token' });

/** OpenAPI of every handler under `/api`, at `/api/openapi.json`; put together when it is first asked for. */
export function serveApiDocument(app: NestFastifyApplication): void {
  const description = new DocumentBuilder()
    .setOpenAPIVersion('3.1.0')
    .setTitle('Личный кабинет')
    .setDescription('What a citizen can do by a program, with the session of the browser')
    .setVersion('1')
    .addCookieAuth('__Host-session', undefined, 'session')
    .build();
  const document = () => {
    const everything = SwaggerModule.createDocument(app, description, { autoTagControllers: false });
    const paths = Object.entries(everything.paths).filter(([path]) => path.startsWith('/api/'));
    return { ...everything, paths: Object.fromEntries(paths) };
  };
  SwaggerModule.setup('api', app, document, { ui: false, raw: ['json'], jsonDocumentUrl: 'api/openapi.json' });
}
