import { randomUUID } from 'node:crypto';
import { type IQueryHandler, QueryHandler } from '@nestjs/cqrs';
import { ApplicationsModule, applicationsMappings } from '../../src/contexts/applications/applications.module.js';
import { publishCatalogue } from '../../src/contexts/applications/infrastructure/publish-catalogue.js';
import { DocumentsModule, documentsMappings } from '../../src/contexts/documents/documents.module.js';
import { StoreFile, type StoredFileInfo } from '../../src/contexts/documents/public.js';
import { ApplicantQuery, type EsiaDocument, EsiaDocumentsQuery } from '../../src/contexts/profile/public.js';
import { MARIA } from './filling-drafts.js';
import { PortalVisitor } from './portal-visitor.js';
import { pdf, streamOf } from './sample-files.js';
import { type TestApp, testApp } from './test-app.js';

/** Maria and what ESIA knows of her documents; a test changes it. */
class Esia {
  documents: EsiaDocument[] | null = null;
}

@QueryHandler(ApplicantQuery)
class KnownApplicant implements IQueryHandler<ApplicantQuery> {
  execute() {
    return Promise.resolve(MARIA);
  }
}

@QueryHandler(EsiaDocumentsQuery)
class KnownToEsia implements IQueryHandler<EsiaDocumentsQuery> {
  constructor(private readonly esia: Esia) {}
  execute() {
    const { documents } = this.esia;
    return Promise.resolve(documents && { readAt: new Date('2026-11-22T08:00:00Z'), documents, notGranted: [] });
  }
}

/** Documents and applications together, as a citizen has them. */
export interface CabinetApp extends TestApp {
  readonly esia: Esia;
  /** A browser of the citizen. */
  asCitizen(accountId: string): PortalVisitor;
  store(ownerId: string, name: string, content?: Buffer): Promise<StoredFileInfo>;
}

export async function cabinetApp(): Promise<CabinetApp> {
  const esia = new Esia();
  const app = await testApp({
    modules: [DocumentsModule, ApplicationsModule],
    mappings: [...documentsMappings, ...applicationsMappings],
    providers: [{ provide: Esia, useValue: esia }, KnownApplicant, KnownToEsia],
  });
  await publishCatalogue(app.sql.pool);
  return Object.assign(app, {
    esia,
    asCitizen: (accountId: string) => {
      app.principals.citizen = { accountId, sessionId: randomUUID(), level: 'CONFIRMED', displayName: 'Мария Петровна Н.', oid: '1' };
      return new PortalVisitor(app.nest);
    },
    store: (ownerId: string, name: string, content = pdf()) => app.execute(new StoreFile(ownerId, name, streamOf(content))),
  });
}
