import { startBankSandbox } from './bank/server.js';
import { startCertificationCentre } from './certification-centre/server.js';
import { startEsiaSandbox } from './esia/server.js';
import { startGibddSandbox } from './gibdd/server.js';
import { startInboxSandbox } from './inbox/server.js';

/* All sandboxes in one process: the outside world on one machine. What they need comes from the environment `npm start` prepares. */

const need = (name: string): string => {
  const value = process.env[name];
  if (!value) throw new Error(`${name} is missing: the sandboxes are started by npm start`);
  return value;
};
const port = (name: string) => Number(need(name));
const publicUrl = need('PUBLIC_URL');
const dataDir = need('DATA_DIR');
const host = process.env['SANDBOX_HOST'] ?? '127.0.0.1';

const sandboxes = await Promise.all([
  startEsiaSandbox({
    port: port('ESIA_PORT'),
    host,
    client: { id: 'LKSPB01', certificatePem: need('ESIA_CLIENT_CERT_PEM'), redirectUris: [`${publicUrl}/auth/esia/callback`] },
    signing: { certificatePem: need('ESIA_TOKEN_CERT_PEM'), privateKeyPem: need('ESIA_TOKEN_KEY_PEM') },
  }),
  startGibddSandbox({ port: port('GIBDD_PORT'), host, dataDir }),
  startCertificationCentre({ port: port('CENTRE_PORT'), host, dataDir }),
  startBankSandbox({
    port: port('BANK_PORT'),
    host,
    userName: 'lkspb-api',
    password: need('BANK_PASSWORD'),
    callbackKey: need('BANK_CALLBACK_KEY'),
    callbackUrl: `${publicUrl}/callbacks/bank`,
    gisgmpUrl: `http://localhost:${need('GIBDD_PORT')}`,
    dataDir,
  }),
  startInboxSandbox({
    host,
    httpPort: port('INBOX_PORT'),
    smppPort: port('SMPP_PORT'),
    smtpPort: port('SMTP_PORT'),
    authenticator: JSON.parse(process.env['AUTHENTICATOR'] ?? '[]') as { account: string; secret: string }[],
  }),
]);

const stop = () => void Promise.all(sandboxes.map((sandbox) => sandbox.close())).then(() => process.exit(0));
process.once('SIGTERM', stop);
process.once('SIGINT', stop);
process.once('disconnect', stop);
process.send?.('ready');
