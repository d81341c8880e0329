import { randomUUID } from 'node:crypto';
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { documentsApp } from '../../../../test/support/documents-app.js';
import { freePorts } from '../../../../test/support/free-ports.js';
import { endProgram, startProgram } from '../../../../test/support/processes.js';
import { type S3Server, startS3 } from '../../../../test/support/s3.js';
import { bytesOf, pdf, streamOf } from '../../../../test/support/sample-files.js';
import { type TestApp } from '../../../../test/support/test-app.js';
import { testVariables } from '../../../../test/support/test-config.js';
import { testDatabase } from '../../../../test/support/test-database.js';
import { Config } from '../../../platform/config/config.js';
import { JsonLogger } from '../../../platform/observability/logger.js';
import { issueClientCertificate } from '../../../sandbox/esia/client-certificate.js';
import { FileContentQuery, StoreFile } from '../public.js';
import { storageAt } from './file-storages.js';

const owner = randomUUID();

let s3: S3Server;
let app: TestApp;
beforeAll(async () => {
  s3 = await startS3();
  app = await documentsApp(s3.variables);
  app.principals.citizen = { accountId: owner } as TestApp['principals']['citizen'];
}, 30_000);
afterAll(async () => {
  await app.close();
  await s3.remove();
});

const store = () => app.execute(new StoreFile(owner, 'скан.pdf', streamOf(pdf())));

describe('Files in a bucket', () => {
  it('are taken, kept there encrypted, and given back', async () => {
    const { fileId } = await store();
    const found = await app.ask(new FileContentQuery(fileId));
    expect((await bytesOf(found!.content)).equals(pdf())).toBe(true);
    const sealed = await bytesOf((await storageAt('s3', app.nest.get<Config>(Config)).read(fileId))!);
    expect(sealed.toString('latin1')).not.toContain('%PDF');
    const { dataDir } = app.nest.get<Config>(Config);
    expect(readdirSync(join(dataDir, 'incoming'))).toEqual([]);
  });

  it('are said to be out of reach for a while, not lost, while the bucket does not answer', async () => {
    const { fileId } = await store();
    const download = (accept: string) =>
      app.nest
        .getHttpAdapter()
        .getInstance()
        .inject({ url: `/files/${fileId}`, headers: { accept } });
    const log: string[] = [];
    app.nest.useLogger(new JsonLogger('warn', { write: (line) => void log.push(line) }));
    await s3.kill();
    const page = await download('text/html');
    expect([page.statusCode, page.body]).toEqual([
      503,
      expect.stringContaining('Сохранённые файлы и документы не потеряны'),
    ]);
    expect(JSON.parse(log[0]!)).toMatchObject({
      err: { code: 'documents.storage-unavailable', cause: { message: expect.stringContaining('ECONNREFUSED') } },
    });
    app.nest.useLogger(false);
    const problem = await download('application/json');
    expect(problem.json()).toMatchObject({ status: 503, code: 'documents.storage-unavailable' });
    await expect(store()).rejects.toMatchObject({ code: 'documents.storage-unavailable' });
    await s3.restart();
    expect((await download('*/*')).rawPayload.equals(pdf())).toBe(true);
  });
});

describe('The portal without an answer of the bucket', () => {
  it('starts and is ready: most pages need no files', async () => {
    const [port] = await freePorts(1);
    const { url } = await testDatabase();
    const { privateKeyPem, certificatePem } = await issueClientCertificate('LKSPB01');
    const esia = {
      ESIA_CLIENT_KEY_PEM: privateKeyPem,
      ESIA_CLIENT_CERT_PEM: certificatePem,
      ESIA_TOKEN_CERT_PEM: certificatePem,
    };
    const silent = {
      ...s3.variables,
      S3_ENDPOINT: 'http://127.0.0.1:9',
      DATA_DIR: app.nest.get<Config>(Config).dataDir,
    };
    const variables = testVariables(url, { ...esia, ...silent, PORT: String(port), ROLE: 'web' });
    const portal = await startProgram('main.js', variables, { quiet: true });
    try {
      expect((await fetch(`http://127.0.0.1:${port}/health/ready`)).status).toBe(200);
    } finally {
      await endProgram(portal);
    }
  }, 60_000);
});
