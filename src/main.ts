import 'reflect-metadata';
import { MikroORM } from '@mikro-orm/postgresql';
import { NestFactory } from '@nestjs/core';
import { type NestFastifyApplication } from '@nestjs/platform-fastify';
import { AppModule } from './app.module.js';
import { StorageUnavailable } from './contexts/documents/domain/stored-file.errors.js';
import { areFilesLeftBehind, checkFileStorage, reasonOf } from './contexts/documents/infrastructure/file-storages.js';
import { Config, InvalidEnvironment } from './platform/config/config.js';
import { Obstacle } from './platform/config/obstacle.js';
import { configureHttp, fastifyAdapter } from './platform/http/http-server.js';
import { JsonLogger } from './platform/observability/logger.js';
import { holderName } from './platform/persistence/key-holders.js';
import { migrate } from './platform/persistence/migrate.js';
import { prepareQueues } from './platform/queue/connection.js';
import { loadSampleData } from './sample-data.js';

/** A bucket that does not answer keeps nobody out: most pages need no files, the others say so. */
function goOnWithoutFiles(error: unknown): void {
  if (!(error instanceof StorageUnavailable)) throw error;
  process.stderr.write(`The storage of files does not answer (${reasonOf(error)}); starting without it.\n`);
}

/** Starts the role named by `ROLE`. The worker listens, too: for health and metrics. */
async function main(): Promise<void> {
  const config = Config.from(process.env);
  process.env['PGAPPNAME'] = holderName(config.dataKeys.map(({ id }) => id));
  await checkFileStorage(config).catch(goOnWithoutFiles);
  if (await areFilesLeftBehind(config))
    process.stderr.write(`Files in ${config.dataDir} are not shown: they are looked for in the bucket. Set FILES_MOVING_FROM=folder and move them.\n`);
  await migrate(config.databaseUrl);
  await prepareQueues(config);
  const app = await NestFactory.create<NestFastifyApplication>(AppModule.forRoot(config), fastifyAdapter(config.trustedProxies), {
    bodyParser: false,
    logger: new JsonLogger(config.logLevel),
  });
  app.enableShutdownHooks();
  await configureHttp(app);
  await app.init();
  // One connection is kept from the start: a rotation of the keys sees by it which keys this process holds.
  await app.get(MikroORM).em.getConnection().execute('select 1');
  if (config.sampleData) await loadSampleData(app);
  await app.listen(config.port, config.host);
  if (process.send) {
    // A parent that was killed cannot stop us any more: we stop ourselves.
    process.once('disconnect', () => process.kill(process.pid, 'SIGTERM'));
    process.send('ready');
  }
}

main().catch((error: unknown) => {
  const known = error instanceof InvalidEnvironment || error instanceof Obstacle;
  process.stderr.write(`${known ? error.message : error instanceof Error ? (error.stack ?? error.message) : String(error)}\n`);
  process.exit(1);
});
