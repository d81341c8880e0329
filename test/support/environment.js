/* A complete environment of the product with throw-away secrets, for programs that start it by themselves. */
import { randomBytes } from 'node:crypto';

/** `overrides` win. The certificates are real ones: the sandboxes check them. */
export async function throwAwayEnvironment(overrides) {
  const { issueClientCertificate } = await import('../../dist/sandbox/esia/client-certificate.js');
  const client = await issueClientCertificate('LKSPB01');
  const tokens = await issueClientCertificate('ESIA sandbox');
  return {
    NODE_ENV: 'production',
    LOG_LEVEL: 'error',
    SAMPLE_DATA: 'on',
    DATA_KEYS: `k1:${randomBytes(32).toString('base64')}`,
    COOKIE_SECRET: randomBytes(48).toString('base64'),
    BANK_PASSWORD: 'rehearsal',
    BANK_CALLBACK_KEY: 'rehearsal',
    ESIA_CLIENT_KEY_PEM: client.privateKeyPem,
    ESIA_CLIENT_CERT_PEM: client.certificatePem,
    ESIA_TOKEN_KEY_PEM: tokens.privateKeyPem,
    ESIA_TOKEN_CERT_PEM: tokens.certificatePem,
    ...overrides,
  };
}
