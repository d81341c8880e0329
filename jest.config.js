import { readFileSync } from 'node:fs';

const swcrc = JSON.parse(readFileSync(new URL('./.swcrc', import.meta.url), 'utf8'));
delete swcrc.$schema;

const base = {
  testEnvironment: 'node',
  extensionsToTreatAsEsm: ['.ts'],
  moduleNameMapper: { '^(\\.{1,2}/.*)\\.js$': '$1' },
  transform: { '^.+\\.ts$': ['@swc/jest', { ...swcrc, sourceMaps: 'inline', module: { type: 'es6' } }] },
  transformIgnorePatterns: ['/node_modules/'],
  modulePathIgnorePatterns: ['<rootDir>/dist/', '<rootDir>/.data/'],
  setupFiles: ['reflect-metadata'],
};

/** Three levels: rules (nothing running), storage and protocols (one embedded PostgreSQL, sandboxes), journeys (a browser). */
export default {
  maxWorkers: 2,
  // A busy machine is slow, not wrong.
  testTimeout: 30_000,
  reporters: ['default', '<rootDir>/test/support/closing-line.reporter.js'],
  projects: [
    { ...base, displayName: 'unit', testMatch: ['<rootDir>/{src,test}/**/*.spec.ts'], testPathIgnorePatterns: ['\\.(db|contract)\\.spec\\.ts$'] },
    {
      ...base,
      displayName: 'integration',
      testMatch: ['<rootDir>/{src,test}/**/*.{db,contract}.spec.ts'],
      globalSetup: '<rootDir>/test/support/postgres.global-setup.js',
      globalTeardown: '<rootDir>/test/support/postgres.global-teardown.js',
    },
    {
      ...base,
      displayName: 'journeys',
      testMatch: ['<rootDir>/test/journeys/*.e2e.ts'],
    },
  ],
};
