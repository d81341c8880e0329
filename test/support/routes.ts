import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { NestFactory } from '@nestjs/core';
import { type NestFastifyApplication } from '@nestjs/platform-fastify';
import { type FastifyInstance } from 'fastify';
import { AppModule } from '../../src/app.module.js';
import { Config } from '../../src/platform/config/config.js';
import { configureHttp, fastifyAdapter } from '../../src/platform/http/http-server.js';
import { type Belongings } from './busy-citizen.js';

const METHODS = ['GET', 'POST', 'PUT', 'DELETE'] as const;
type Method = (typeof METHODS)[number];

export interface Route {
  readonly method: Method;
  /** As it is registered: `/fines/:id/pay`. */
  readonly path: string;
}

/** The database of a product that runs on this data folder. */
export function databaseOf(dataDir: string): string {
  const port = readFileSync(join(dataDir, 'postgres', 'postmaster.pid'), 'utf8').split('\n')[3];
  return `postgres://lk:${secretsOf(dataDir)['POSTGRES_PASSWORD']}@127.0.0.1:${port}/lk`;
}

const secretsOf = (dataDir: string) => JSON.parse(readFileSync(join(dataDir, 'secrets.json'), 'utf8')) as Record<string, string>;

/** Of one more process beside the product that runs on this data folder. */
export const configBeside = (dataDir: string): Config =>
  Config.from({ ...secretsOf(dataDir), DATA_DIR: dataDir, DATABASE_URL: databaseOf(dataDir), ROLE: 'web', DATABASE_POOL: '2', LOG_LEVEL: 'silent' });

const isMethod = (method: string): method is Method => METHODS.some((one) => one === method);

/** Every route the whole portal registers, asked of the web server itself; a second portal that never listens is built for it. */
export async function routesOf(dataDir: string): Promise<Route[]> {
  const routes: Route[] = [];
  const adapter = fastifyAdapter();
  const fastify = adapter.getInstance<FastifyInstance>();
  fastify.addHook('onRoute', ({ method, url }) => {
    for (const one of [method].flat()) {
      if (isMethod(one)) routes.push({ method: one, path: url });
      else if (one !== 'HEAD') throw new Error(`Nobody has thought of ${one} ${url} yet`);
    }
  });
  const app: NestFastifyApplication = await NestFactory.create(AppModule.forRoot(configBeside(dataDir)), adapter, { bodyParser: false, logger: false });
  await configureHttp(app);
  await app.init();
  await fastify.ready();
  await app.close();
  return routes;
}

/** Parameters of routes by how the route begins; the first that fits is taken. Those that are not ids name things everybody has. */
const parametersOf = (own: Belongings): readonly (readonly [begins: string, parameters: Readonly<Record<string, string>>])[] => [
  ['/services/:code', { code: 'PRE_TRIAL_COMPLAINT' }],
  ['/documents/add/:kind', { kind: 'RF_PASSPORT' }],
  ['/documents/electronic/:id', { id: own.electronicDocument }],
  ['/documents/:id', { id: own.document, fileId: own.documentFile }],
  ['/api/v1/documents/:id', { id: own.document, fileId: own.documentFile }],
  ['/api/v1/files/:id', { id: own.documentFile }],
  ['/files/:id', { id: own.documentFile }],
  ['/drafts/:id', { id: own.draft, step: 'TEXT', field: 'evidence', fileId: own.draftFile }],
  ['/applications/:id', { id: own.application, fileId: own.applicationFile }],
  ['/office/applications/:id', { id: own.application, fileId: own.applicationFile }],
  ['/fines/:id', { id: own.unpaidFine }],
  ['/payments/:id', { id: own.payment }],
  ['/notifications/:id', { id: own.notification }],
  ['/profile/vehicles/:id/removed', { id: own.removedVehicle }],
  ['/profile/vehicles/:id/restore', { id: own.removedVehicle }],
  ['/profile/vehicles/:id', { id: own.vehicle }],
];

/** The route with its parameters filled with what this citizen has. Throws when nobody has said what belongs into a new one. */
export function addressOf(path: string, own: Belongings): string {
  if (!path.includes(':')) return path;
  const parameters = parametersOf(own).find(([begins]) => path.startsWith(begins))?.[1];
  return path.replace(/:(\w+)/g, (_whole, name: string) => {
    const value = parameters?.[name];
    if (!value) throw new Error(`Say in test/support/routes.ts what ${name} of ${path} is`);
    return value;
  });
}
