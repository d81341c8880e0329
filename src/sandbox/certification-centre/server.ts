import { readFileSync } from 'node:fs';
import { type AddressInfo } from 'node:net';
import multipart from '@fastify/multipart';
import fastify from 'fastify';
import { isSignerId, openCentre, rootFileIn } from './centre.js';
import { signingPage, STYLES } from './page.js';
import { sign } from './sign.js';

const MAX_FILE_BYTES = 3 * 1024 * 1024;

export interface CertificationCentreOptions {
  /** 0 takes any free port. */
  readonly port: number;
  readonly host?: string;
  /** Folder where the keys survive a restart and the root certificate lies (`certification-centre/root.pem`). */
  readonly dataDir: string;
}

export interface CertificationCentre {
  readonly url: string;
  /** Path of the root certificate, for those who are to trust the centre. */
  readonly rootFile: string;
  close(): Promise<void>;
}

/**
 * Starts a sample certification centre with a page that signs any file in the name of an invented person. For programs: `POST /sign`
 * (multipart: `signer`, then `file`) answers with the signature in DER, `GET /root.pem` with the root.
 */
export async function startCertificationCentre(options: CertificationCentreOptions): Promise<CertificationCentre> {
  const signers = await openCentre(options.dataDir);
  const rootFile = rootFileIn(options.dataDir);
  const app = fastify({ forceCloseConnections: true });
  await app.register(multipart, { limits: { fileSize: MAX_FILE_BYTES, files: 1, fields: 5 } });

  app.get('/', (_request, reply) => reply.type('text/html').send(signingPage(null)));
  app.get('/styles.css', (_request, reply) => reply.type('text/css').send(STYLES));
  app.get('/root.pem', (_request, reply) => reply.type('application/x-pem-file').send(readFileSync(rootFile)));
  app.post('/sign', async (request, reply) => {
    const refuse = (reason: string) => reply.code(422).type('text/html').send(signingPage(reason));
    const file = await request.file({ throwFileSizeLimit: false });
    const content = await file?.toBuffer();
    if (!file || !content || content.length === 0) return refuse('Выберите файл: он не выбран или пуст.');
    if (file.file.truncated) return refuse('Файл больше 3 МБ. Выберите файл поменьше.');
    const field = file.fields['signer'];
    const signer = field && 'value' in field ? String(field.value) : '';
    if (!isSignerId(signer)) return refuse('Выберите, кто подпишет файл.');
    const name = encodeURIComponent(`${file.filename}.sig`);
    return reply
      .header('content-disposition', `attachment; filename*=UTF-8''${name}`)
      .type('application/pkcs7-signature')
      .send(await sign(content, signers[signer], new Date()));
  });

  await app.listen({ port: options.port, host: options.host ?? '127.0.0.1' });
  const { port } = app.server.address() as AddressInfo;
  return { url: `http://localhost:${port}`, rootFile, close: () => app.close() };
}
