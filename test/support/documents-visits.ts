import { randomUUID } from 'node:crypto';
import { type LightMyRequestResponse } from 'fastify';
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
  static beforeEachTest(environment: Readonly<Record<string, string>> = {}): DocumentsVisits {
    const visits = new DocumentsVisits();
    beforeAll(async () => {
      visits.app = await documentsApp(environment);
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

  /** Sends what a script of a form would send: one file. */
  async upload(name: string, content: Buffer, query = ''): Promise<LightMyRequestResponse> {
    const form = new FormData();
    form.append('file', new Blob([new Uint8Array(content)]), name);
    const body = new Response(form);
    const type = body.headers.get('content-type') ?? '';
    return this.uploadBody(Buffer.from(await body.arrayBuffer()), type, query);
  }

  /** Sends a multipart body that no browser would send: one part with that name of a file, written as it is given. */
  uploadNamed(fileName: string | Buffer, content: Buffer, headers: readonly string[] = []): Promise<LightMyRequestResponse> {
    return this.uploadBody(partOf(fileName, content, headers), MULTIPART);
  }

  /** Headers of an upload by script: whose it is, and the token of a page. */
  async uploadHeaders(type = MULTIPART): Promise<Record<string, string>> {
    const opened = await this.app.nest.inject({ method: 'GET', url: '/documents', headers: { accept: 'text/html' } });
    const cookies = opened.cookies as { name: string; value: string }[];
    return {
      accept: 'application/json',
      'content-type': type,
      'x-csrf-token': /name="csrf-token" content="([^"]+)"/.exec(opened.body)?.[1] ?? '',
      cookie: cookies.map(({ name, value }) => `${name}=${encodeURIComponent(value)}`).join('; '),
    };
  }

  private async uploadBody(payload: Buffer, type: string, query = ''): Promise<LightMyRequestResponse> {
    return this.app.nest.inject({
      method: 'POST',
      url: `/files${query}`,
      headers: await this.uploadHeaders(type),
      payload,
    });
  }

  store(name: string, content: Buffer = pdf(), by = this.owner): Promise<StoredFileInfo> {
    return this.app.execute(new StoreFile(by, name, streamOf(content)));
  }
}

const BOUNDARY = 'b0undary';
export const MULTIPART = `multipart/form-data; boundary=${BOUNDARY}`;

/** A multipart body of one file; `headers` are further headers of its part. */
export function partOf(fileName: string | Buffer, content: Buffer, headers: readonly string[] = []): Buffer {
  return Buffer.concat([
    Buffer.from(`--${BOUNDARY}\r\nContent-Disposition: form-data; name="file"; filename="`),
    Buffer.from(fileName),
    Buffer.from(['"', 'Content-Type: application/pdf', ...headers, '', ''].join('\r\n')),
    content,
    Buffer.from(`\r\n--${BOUNDARY}--\r\n`),
  ]);
}

/** Requisites as the fields of a form. */
export const typed = (requisites: Readonly<Record<string, string>>): Record<string, string> =>
  Object.fromEntries(Object.entries(requisites).map(([code, value]) => [`requisites[${code}]`, value]));

/** A file of a form. */
export const file = (name: string, content: Buffer) => ({ field: 'files', name, content: new Uint8Array(content) });

/** The files a form keeps while it is being mended. */
export const fileIdsIn = ({ html }: Visit): string[] =>
  [...html.matchAll(/name="fileIds" value="([^"]+)"/g)].map(([, id]) => id ?? '');
