import { randomUUID } from 'node:crypto';
import { type IQueryHandler, QueryHandler } from '@nestjs/cqrs';
import {
  PersonalDocumentQuery,
  PersonalDocumentsQuery,
} from '../src/contexts/documents/application/cabinet-documents.query.js';
import { DocumentsModule, documentsMappings } from '../src/contexts/documents/documents.module.js';
import { EsiaAccessQuery } from '../src/contexts/identity/public.js';
import { RefreshProfile } from '../src/contexts/profile/application/refresh-profile.js';
import { ProfileModule, profileMappings } from '../src/contexts/profile/profile.module.js';
import { issueClientCertificate } from '../src/sandbox/esia/client-certificate.js';
import { type EsiaSandbox, startEsiaSandbox } from '../src/sandbox/esia/server.js';
import { testApp, type TestApp } from './support/test-app.js';

const NEVSKAYA = 1000000001;
const KAMENNY = 1000000004;
const SCOPE =
  'openid fullname birthdate birthplace gender snils inn id_doc foreign_passport_doc drivers_licence_doc medical_doc military_doc ' +
  'contacts addresses usr_org kid_fullname kid_birthdate kid_gender kid_snils kid_inn kid_birth_cert_doc kid_medical_doc';

/** Who is signed in at ESIA with each session: what the identity context would answer. */
const sessions = new Map<string, { accountId: string; oid: string; accessToken: string }>();

@QueryHandler(EsiaAccessQuery)
class Access implements IQueryHandler<EsiaAccessQuery> {
  execute({ sessionId }: EsiaAccessQuery) {
    return Promise.resolve(sessions.get(sessionId) ?? null);
  }
}

let sandbox: EsiaSandbox;
let app: TestApp;
beforeAll(async () => {
  const { certificatePem } = await issueClientCertificate('LKSPB01');
  const client = { id: 'LKSPB01', certificatePem, redirectUris: ['http://localhost:3000/auth/esia/callback'] };
  sandbox = await startEsiaSandbox({ port: 0, client });
  app = await testApp({
    modules: [ProfileModule, DocumentsModule],
    mappings: [...profileMappings, ...documentsMappings],
    providers: [Access],
    environment: { ESIA_URL: sandbox.url },
  });
});
afterAll(async () => {
  await app.close();
  await sandbox.close();
});

/** Reads the person at ESIA as a sign-in does, and lists what the cabinet shows then. */
async function documentsOf(oid: number, accountId: string, scope = SCOPE) {
  const sessionId = randomUUID();
  sessions.set(sessionId, { accountId, oid: String(oid), accessToken: await sandbox.accessTokenOf(oid, scope) });
  await app.execute(new RefreshProfile(accountId, sessionId));
  await app.settle();
  return app.ask(new PersonalDocumentsQuery(accountId));
}

describe('reading a person at ESIA', () => {
  it('puts their documents and their children’s into the cabinet', async () => {
    const account = randomUUID();
    const documents = await documentsOf(NEVSKAYA, account);
    expect(documents.map(({ kindCode, child }) => [kindCode, child?.name ?? ''].join(' ').trim()).sort()).toEqual([
      'DRIVING_LICENCE',
      'INN',
      'INN Невский Пётр Андреевич',
      'OMS_POLICY',
      'OMS_POLICY Невский Пётр Андреевич',
      'RF_BIRTH_CERTIFICATE Невская Анна Андреевна',
      'RF_BIRTH_CERTIFICATE Невский Пётр Андреевич',
      'RF_FOREIGN_PASSPORT',
      'RF_PASSPORT',
      'SNILS',
      'SNILS Невская Анна Андреевна',
      'SNILS Невский Пётр Андреевич',
    ]);
    expect(new Set(documents.map(({ origin, verification }) => `${origin} ${verification}`))).toEqual(
      new Set(['ESIA VERIFIED']),
    );
    const passport = documents.find(({ kindCode }) => kindCode === 'RF_PASSPORT')!;
    expect(await app.ask(new PersonalDocumentQuery(account, passport.documentId))).toMatchObject({
      requisites: { series: '4008', number: '123456', departmentCode: '780-001', birthPlace: 'гор. Ленинград' },
      expiresOn: '2033-06-03',
    });
  });

  it('again changes nothing; with less granted it takes nothing away', async () => {
    const account = randomUUID();
    const first = await documentsOf(NEVSKAYA, account);
    expect(await documentsOf(NEVSKAYA, account)).toEqual(first);
    const known = (await documentsOf(NEVSKAYA, account, 'openid fullname birthdate snils inn usr_org')).map(
      ({ documentId }) => documentId,
    );
    expect(known).toEqual(first.map(({ documentId }) => documentId));
  });

  it('shows what ESIA has not checked, and what ends soon', async () => {
    const documents = await documentsOf(KAMENNY, randomUUID());
    const foreign = documents.find(({ kindCode }) => kindCode === 'RF_FOREIGN_PASSPORT');
    expect(foreign).toMatchObject({ verification: 'NOT_VERIFIED' });
    expect(documents.map(({ kindCode }) => kindCode)).toContain('MILITARY_ID');
  });
});
