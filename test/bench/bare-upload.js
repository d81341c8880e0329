/*
 * The least that takes an upload: Fastify with its multipart plugin writes each file to the disk under a random name. Nobody is asked who
 * sends it, nothing is counted, looked at, encrypted, flushed to the platter or recorded. A process of its own, forked by `upload.js`.
 */
import { randomUUID } from 'node:crypto';
import { createWriteStream } from 'node:fs';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import multipart from '@fastify/multipart';
import fastify from 'fastify';

const { PORT, FOLDER } = process.env;

const server = fastify({ bodyLimit: 25 * 1024 * 1024 });
await server.register(multipart, { limits: { fileSize: 3 * 1024 * 1024 + 1 } });
server.get(
  '/metrics',
  () => `process_cpu_seconds_total ${process.cpuUsage().user / 1e6 + process.cpuUsage().system / 1e6}`,
);
server.post('/files', async (request, reply) => {
  const fileId = randomUUID();
  let name;
  for await (const part of request.files()) {
    name = part.filename;
    await pipeline(part.file, createWriteStream(join(FOLDER, fileId)));
  }
  return reply.code(201).send({ fileId, name });
});
process.once('SIGTERM', async () => {
  await server.close();
  process.disconnect();
});
await server.listen({ host: '127.0.0.1', port: Number(PORT) });
process.send('ready');
