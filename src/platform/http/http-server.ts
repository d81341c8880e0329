import { resolve } from 'node:path';
import compress from '@fastify/compress';
import cookie from '@fastify/cookie';
import csrf from '@fastify/csrf-protection';
import formbody from '@fastify/formbody';
import helmet from '@fastify/helmet';
import multipart from '@fastify/multipart';
import fastifyStatic from '@fastify/static';
import { MikroORM, RequestContext } from '@mikro-orm/postgresql';
import { FastifyAdapter, type NestFastifyApplication } from '@nestjs/platform-fastify';
import { fastify as createServer, type FastifyReply, type FastifyRequest } from 'fastify';
import qs from 'qs';
import { Config } from '../config/config.js';
import { Metrics } from '../observability/metrics.js';
import { serveApiDocument } from './api-document.js';
import { StaleForm } from './http.errors.js';

/** One byte more than a file may have, so that the domain is the one that refuses it, with its own words. */
const FILE_BYTES = 3 * 1024 * 1024 + 1;
/** A browser writes three headers to a part; more of them are not read. */
const UPLOAD_LIMITS = { fileSize: FILE_BYTES, files: 20, fields: 100, parts: 120, fieldSize: 64 * 1024, headerPairs: 20, headerSize: 16 * 1024 };
const BODY_BYTES = 25 * 1024 * 1024;
const FORM_BYTES = 512 * 1024;
const CSRF_COOKIE = '__Host-csrf';
const SAFE_METHODS = new Set(['GET', 'HEAD', 'OPTIONS']);
/** Signed by the caller: no browser form, no anti-forgery token. */
const WITHOUT_TOKEN = ['/callbacks/'];
const ASSETS = resolve(import.meta.dirname, '../../assets');

/** `trustedProxies` alone are believed when they speak of the caller's address: limits and the login history rest on it. */
export const fastifyAdapter = (trustedProxies: readonly string[] = ['loopback']): FastifyAdapter =>
  new FastifyAdapter({ trustProxy: [...trustedProxies], bodyLimit: BODY_BYTES, routerOptions: { maxParamLength: 200 } });

const tokenOf = (request: FastifyRequest): string => {
  const fromBody = (request.body as { _csrf?: unknown } | undefined)?._csrf;
  const fromQuery = (request.query as { _csrf?: unknown } | undefined)?._csrf;
  const fromHeader = request.headers['x-csrf-token'];
  return [fromBody, fromHeader, fromQuery].find((token): token is string => typeof token === 'string') ?? '';
};

/** Everything between the socket and the controllers: cookies, tokens, headers, bodies, static files. Call before `listen`. */
export async function configureHttp(app: NestFastifyApplication): Promise<void> {
  const config = app.get(Config);
  const orm = app.get(MikroORM);
  const fastify = app.getHttpAdapter().getInstance();

  await app.register(cookie, { secret: config.cookieSecret });
  await app.register(formbody, { bodyLimit: FORM_BYTES, parser: (text: string) => qs.parse(text, { depth: 4, parameterLimit: 500, arrayLimit: 100 }) });
  fastify.removeContentTypeParser('application/json');
  fastify.addContentTypeParser('application/json', { parseAs: 'string', bodyLimit: FORM_BYTES }, fastify.getDefaultJsonParser('error', 'error'));
  // A file over the limit ends the file, not the reading: whoever takes it refuses in its own words.
  await app.register(multipart, { throwFileSizeLimit: false, limits: UPLOAD_LIMITS });
  await app.register(compress, { globalDecompression: false, threshold: 1024, encodings: ['br', 'gzip', 'identity'] });
  await app.register(csrf, {
    cookieKey: CSRF_COOKIE,
    cookieOpts: { path: '/', httpOnly: true, secure: true, sameSite: 'lax' },
    getToken: tokenOf,
  });
  await app.register(fastifyStatic, { root: ASSETS, prefix: '/assets/', immutable: true, maxAge: '365d', index: false, decorateReply: false });

  const headers = await securityHeaders(config);
  fastify.addHook('onRequest', (request, reply, done) => {
    for (const [name, value] of headers) reply.raw.setHeader(name, value);
    if (request.url.startsWith('/api/')) reply.raw.setHeader('cache-control', 'private, no-store');
    done();
  });
  fastify.addHook('onRequest', (_request, _reply, done) => RequestContext.create(orm.em, done));
  const metrics = app.get(Metrics);
  fastify.addHook('onResponse', (request, reply, done) => {
    metrics.observe(request.method, request.routeOptions.url ?? 'none', reply.statusCode, reply.elapsedTime / 1000);
    done();
  });
  fastify.addHook('preHandler', (request, reply, done) => {
    if (SAFE_METHODS.has(request.method) || WITHOUT_TOKEN.some((prefix) => request.url.startsWith(prefix))) return done();
    // The plugin answers a refusal itself and Nest takes its code away: this reply lets our own words be said instead.
    const refusing = Object.create(reply, { send: { value: () => done(new StaleForm()) } }) as FastifyReply;
    fastify.csrfProtection(request, refusing, done);
  });
  serveApiDocument(app);
}

/** What helmet says of every answer. It would work it out anew for each, though it is the same for all: so it is asked once, by a server of its own. */
async function securityHeaders(config: Config): Promise<readonly (readonly [string, string])[]> {
  const probe = createServer();
  await probe.register(helmet, {
    contentSecurityPolicy: {
      useDefaults: false,
      directives: {
        defaultSrc: ["'none'"],
        scriptSrc: ["'self'"],
        styleSrc: ["'self'"],
        imgSrc: ["'self'", 'data:'],
        fontSrc: ["'self'"],
        connectSrc: ["'self'"],
        manifestSrc: ["'self'"],
        // Browsers apply form-action to the redirects that follow a form, too: to the bank and to ESIA.
        formAction: ["'self'", new URL(config.bank.url).origin, new URL(config.esia.url).origin],
        frameAncestors: ["'none'"],
        baseUri: ["'none'"],
      },
    },
    hsts: config.publicUrl.startsWith('https://') ? { maxAge: 31_536_000, includeSubDomains: true } : false,
    referrerPolicy: { policy: 'same-origin' },
    crossOriginEmbedderPolicy: false,
  });
  probe.get('/', (_request, reply) => reply.raw.getHeaders());
  const answer = await probe.inject('/');
  await probe.close();
  return Object.entries(answer.json<Record<string, string>>());
}
