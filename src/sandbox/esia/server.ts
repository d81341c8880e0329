import formbody from '@fastify/formbody';
import fastify from 'fastify';
import { type AddressInfo } from 'node:net';
import { accountRoutes } from './account-pages.js';
import { authorizationRoutes } from './authorization.js';
import { type ClientCredentials, issueClientCertificate } from './client-certificate.js';
import { type ClientRegistration, ClientSystem } from './client-system.js';
import { Codes } from './codes.js';
import { Directory } from './directory.js';
import { faultRoutes, Faults } from './faults.js';
import { renderPage, STYLESHEET } from './pages.js';
import { sampleOrganizations, samplePeople } from './people.js';
import { registryRoutes } from './registry.js';
import { Sessions } from './sessions.js';
import { tokenRoutes } from './token-endpoint.js';
import { TokenIssuer } from './tokens.js';

export interface EsiaSandboxOptions {
  /** 0 takes any free port. */
  readonly port: number;
  readonly host?: string;
  /** The portal: mnemonic, certificate and the exact addresses it may be returned to. */
  readonly client: ClientRegistration;
  /** Key and certificate of the tokens; a fresh pair unless given. */
  readonly signing?: ClientCredentials;
  /** Claim `iss`, http and a slash at the end as the real system writes it. */
  readonly issuer?: string;
  readonly now?: () => Date;
}

export interface EsiaSandbox {
  readonly url: string;
  /** PEM certificate with which clients check the tokens. */
  readonly tokenCertificatePem: string;
  /** A token as a sign-in with these scopes would give it; `organizationScope` like `scope_org`. Throws RangeError for an unknown oid. */
  accessTokenOf(oid: number, scope: string, organizationScope?: string): Promise<string>;
  close(): Promise<void>;
}

/** Starts ESIA on its own port: sign-in, tokens, person data, profile pages, with invented people. State lives in memory. */
export async function startEsiaSandbox(options: EsiaSandboxOptions): Promise<EsiaSandbox> {
  const now = options.now ?? (() => new Date());
  const app = fastify({ forceCloseConnections: true, routerOptions: { maxParamLength: 200 } });
  await app.register(formbody);
  const issuer = options.issuer ?? 'http://esia.gosuslugi.ru/';
  const client = new ClientSystem(options.client);
  const directory = new Directory(samplePeople(), sampleOrganizations);
  const tokens = new TokenIssuer(options.signing ?? (await issueClientCertificate('ESIA sandbox')), issuer, now);
  const parts = {
    client,
    directory,
    tokens,
    now,
    sessions: new Sessions(),
    codes: new Codes(tokens, now),
    faults: new Faults(),
  };

  app.get('/', (_request, reply) =>
    reply
      .type('text/html; charset=utf-8')
      .send(
        renderPage('ЕСИА', '<p>Вход начинается на портале. <a href="/profile/user/personal">Личные данные</a></p>'),
      ),
  );
  app.get('/style.css', (_request, reply) => reply.type('text/css; charset=utf-8').send(STYLESHEET));
  app.get('/sandbox/esia-public.pem', (_request, reply) =>
    reply.type('application/x-pem-file').send(tokens.certificatePem),
  );
  authorizationRoutes(app, parts);
  tokenRoutes(app, parts);
  registryRoutes(app, parts);
  accountRoutes(app, parts);
  faultRoutes(app, parts.faults);

  await app.listen({ port: options.port, host: options.host ?? '127.0.0.1' });
  const url = `http://localhost:${(app.server.address() as AddressInfo).port}`;

  return {
    url,
    tokenCertificatePem: tokens.certificatePem,
    accessTokenOf: (oid, scope, organizationScope = '') => {
      const person = directory.person(oid);
      if (!person) throw new RangeError(`No sample person ${oid}`);
      return tokens.accessToken({
        clientId: client.id,
        person,
        scope,
        organizationScope,
        sessionId: 'sample',
        authenticatedAt: now(),
      });
    },
    close: () => app.close(),
  };
}
