import { generateKeyPairSync } from 'node:crypto';
import { Config } from '../../src/platform/config/config.js';

const { privateKey, publicKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
const pem = (key: typeof privateKey) => key.export({ type: key.type === 'private' ? 'pkcs8' : 'spki', format: 'pem' }).toString();

/** A complete environment with throw-away secrets; `overrides` win. */
export const testConfig = (databaseUrl: string, overrides: Readonly<Record<string, string>> = {}): Config =>
  Config.from(testVariables(databaseUrl, overrides));

/** The same for a program of its own. */
export const testVariables = (databaseUrl: string, overrides: Readonly<Record<string, string>> = {}) => ({
  NODE_ENV: 'test',
  LOG_LEVEL: 'silent',
  PORT: '0',
  DATABASE_URL: databaseUrl,
  DATABASE_POOL: '6',
  DATA_KEYS: `test:${Buffer.alloc(32, 7).toString('base64')}`,
  COOKIE_SECRET: Buffer.alloc(48, 9).toString('base64'),
  ESIA_CLIENT_KEY_PEM: pem(privateKey),
  ESIA_CLIENT_CERT_PEM: '-----BEGIN CERTIFICATE-----\n-----END CERTIFICATE-----\n',
  ESIA_TOKEN_CERT_PEM: pem(publicKey),
  BANK_PASSWORD: 'test',
  BANK_CALLBACK_KEY: 'test',
  ...overrides,
});
