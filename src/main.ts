import 'reflect-metadata';
import { NestFactory } from '@nestjs/core';
import { type NestFastifyApplication } from '@nestjs/platform-fastify';
import { AppModule } from './app.module.js';
import { checkFileStorage } from './contexts/documents/infrastructure/file-storages.js';
import { Config, InvalidEnvironment } from './platform/config/config.js';
import { configureHttp, fastifyAdapter } from './platform/http/http-server.js';
import { JsonLogger } from './platform/observability/logger.js';
import { migrate } from './platform/persistence/migrate.js';
import { prepareQueues } from './platform/queue/connection.js';
import { loadSampleData } from './sample-data.js';

/** Starts the role named by `ROLE`. The worker listens, too: for health and metrics. */
async function main(): Promise<void> {
  const config = Config.from(process.env);
  await checkFileStorage(config);
  await migrate(config.databaseUrl);
  await prepareQueues(config);
  const app = await NestFactory.create<NestFastifyApplication>(AppModule.forRoot(config), fastifyAdapter(config.trustedProxies), {
    bodyParser: false,
    logger: new JsonLogger(config.logLevel),
  });
  app.enableShutdownHooks();
  await configureHttp(app);
  await app.init();
  if (config.sampleData) await loadSampleData(app);
  await app.listen(config.port, config.host);
  if (process.send) {
    // A parent that was killed cannot stop us any more: we stop ourselves.
    process.once('disconnect', () => process.kill(process.pid, 'SIGTERM'));
    process.send('ready');
  }
}

main().catch((error: unknown) => {
  process.stderr.write(error instanceof InvalidEnvironment ? `${error.message}\n` : `${error instanceof Error ? (error.stack ?? error.message) : String(error)}\n`);
  process.exit(1);
});
