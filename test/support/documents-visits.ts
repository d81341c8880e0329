import { randomUUID } from 'node:crypto';
import { AddPersonalDocument } from '../../src/contexts/documents/application/add-personal-document.js';
import { type StoredFileInfo, StoreFile } from '../../src/contexts/documents/public.js';
import { documentsApp, PASSPORT } from './documents-app.js';
import { PortalVisitor, type Visit } from './portal-visitor.js';
import { pdf, streamOf } from './sample-files.js';
import { type TestApp } from './test-app.js';

/** The pages of documents as somebody visits them: for each test a new citizen with an empty cabinet. */
export class DocumentsVisits {
  app!: TestApp;
  owner!: string;
  visitor!: PortalVisitor;

  /** Opens and closes the portal round the tests of a file, and signs in a new citizen before each. */
  static beforeEachTest(): DocumentsVisits {
    const visits = new DocumentsVisits();
    beforeAll(async () => {
      visits.app = await documentsApp();
    });
    afterAll(() => visits.app.close());
    beforeEach(() => {
      visits.signIn(randomUUID());
      visits.visitor = new PortalVisitor(visits.app.nest);
    });
    return visits;
  }

  signIn(accountId: string): void {
    this.owner = accountId;
    this.app.principals.citizen = { accountId, sessionId: 's', level: 'SIMPLIFIED', displayName: 'Мария Н.', oid: '1' };
  }

  addPassport(): Promise<string> {
    return this.app.execute(new AddPersonalDocument(this.owner, 'RF_PASSPORT', PASSPORT));
  }

  store(name: string, content: Buffer = pdf(), by = this.owner): Promise<StoredFileInfo> {
    return this.app.execute(new StoreFile(by, name, streamOf(content)));
  }
}

/** Requisites as the fields of a form. */
export const typed = (requisites: Readonly<Record<string, string>>): Record<string, string> =>
  Object.fromEntries(Object.entries(requisites).map(([code, value]) => [`requisites[${code}]`, value]));

/** A file of a form. */
export const file = (name: string, content: Buffer) => ({ field: 'files', name, content: new Uint8Array(content) });

/** The files a form keeps while it is being mended. */
export const fileIdsIn = ({ html }: Visit): string[] =>
  [...html.matchAll(/name="fileIds" value="([^"]+)"/g)].map(([, id]) => id ?? '');
