import { randomUUID } from 'node:crypto';
import { AddPersonalDocument } from '../application/add-personal-document.js';
import { AttachFiles, DetachFile } from '../application/attach-files.js';
import { PersonalDocumentQuery } from '../application/cabinet-documents.query.js';
import { ElectronicDocumentQuery, ElectronicDocumentsQuery } from '../application/electronic-documents.query.js';
import { SignatureVerifier } from '../application/ports/signature-verifier.js';
import { VerifySignatures } from '../application/verify-signatures.js';
import { SaveElectronicDocument, StoreFile } from '../public.js';
import { type CertificationCentre, type Holder } from '../../../../test/support/certification-centre.js';
import { documentsApp, PASSPORT } from '../../../../test/support/documents-app.js';
import { pdf, streamOf } from '../../../../test/support/sample-files.js';
import { certificationCentres } from '../../../../test/support/signatures.js';
import { type TestApp } from '../../../../test/support/test-app.js';
import { VerifySignaturesJob } from './verify-signatures.job.js';

const { centreOf, closeAll } = certificationCentres();
let app: TestApp;
let centre: CertificationCentre;
let holder: Holder;
let owner: string;

beforeAll(async () => {
  centre = centreOf('ECDSA');
  holder = centre.issue();
  app = await documentsApp({ SIGNATURE_ROOTS: centre.rootsFile });
});
afterAll(async () => {
  await app.close();
  closeAll();
});
beforeEach(() => {
  owner = randomUUID();
  app.clock.set(new Date());
});

const store = async (name: string, content: Buffer) =>
  (await app.execute(new StoreFile(owner, name, streamOf(content)))).fileId;
const documentOf = (...fileIds: string[]) =>
  app.execute(new AddPersonalDocument(owner, 'RF_PASSPORT', PASSPORT, fileIds));
const filesOf = async (documentId: string) =>
  (await app.ask(new PersonalDocumentQuery(owner, documentId)))?.files ?? [];
const checks = async (documentId: string) =>
  (await filesOf(documentId)).map(({ name, signature, signs }) => [name, signature?.integrity ?? null, signs]);

describe('a signature beside its file', () => {
  it('is checked when both have come, and says what was found', async () => {
    const file = pdf();
    const documentId = await documentOf(await store('Договор.pdf', file));
    await app.settle();
    expect(await checks(documentId)).toEqual([['Договор.pdf', null, null]]);

    const signature = await store('договор.PDF.sig', centre.sign(file, [holder]));
    await app.execute(new AttachFiles(owner, documentId, [signature]));
    expect(await checks(documentId)).toEqual([
      ['Договор.pdf', null, null],
      ['договор.PDF.sig', null, 'Договор.pdf'],
    ]);
    await app.settle();
    const [signed] = await filesOf(documentId);
    expect(signed?.signature).toMatchObject({
      integrity: 'VALID',
      chain: 'TRUSTED',
      signer: { name: 'Невская Мария Петровна' },
      certificate: { validTo: new Date('2039-12-31T00:00:00Z') },
      checkedAt: app.clock.now(),
    });
    expect(signed?.signature?.signedAt).toBeInstanceOf(Date);
  });

  it('belongs to no file of another name, and to none in another document', async () => {
    const file = pdf();
    const documentId = await documentOf(
      await store('a.pdf', file),
      await store('b.pdf.sig', centre.sign(file, [holder])),
    );
    await app.settle();
    expect(await checks(documentId)).toEqual([
      ['a.pdf', null, null],
      ['b.pdf.sig', null, null],
    ]);
  });

  it('is the one attached last, when there are several', async () => {
    const file = pdf();
    const other = centre.sign(Buffer.from('another file'), [holder]);
    const good = centre.sign(file, [holder]);
    const documentId = await documentOf(
      await store('a.pdf', file),
      await store('a.pdf.sig', good),
      await store('a.pdf.sig', other),
    );
    await app.settle();
    expect((await filesOf(documentId))[0]?.signature).toMatchObject({ integrity: 'INVALID', reason: 'OTHER_CONTENT' });
  });

  it('is not looked at once it is taken off', async () => {
    const file = pdf();
    const signature = await store('a.pdf.sig', centre.sign(file, [holder]));
    const documentId = await documentOf(await store('a.pdf', file), signature);
    await app.settle();
    await app.execute(new DetachFile(owner, documentId, signature));
    await app.settle();
    expect(await checks(documentId)).toEqual([['a.pdf', null, null]]);
  });

  it('waits while the file is in quarantine', async () => {
    const file = pdf();
    const fileId = await store('a.pdf', file);
    const scan = (state: string) =>
      app.sql.query('update documents.stored_file set scan = $2 where id = $1', [fileId, state]);
    await scan('PENDING');
    const documentId = await documentOf(fileId, await store('a.pdf.sig', centre.sign(file, [holder])));
    await app.settle();
    await app.execute(new VerifySignatures(documentId, true));
    expect(await checks(documentId)).toContainEqual(['a.pdf', null, null]);
    await scan('CLEAN');
    await app.inUnitOfWork(() => app.get(VerifySignaturesJob).run());
    expect(await checks(documentId)).toContainEqual(['a.pdf', 'VALID', null]);
  });

  it('names nobody in the clear in the database', async () => {
    const file = pdf();
    await documentOf(await store('a.pdf', file), await store('a.pdf.sig', centre.sign(file, [holder])));
    await app.settle();
    const rows = await app.sql.query<{ row: string }>(
      'select to_jsonb(c)::text as row from documents.signature_check c',
    );
    expect(rows.length).toBeGreaterThan(0);
    expect(rows.filter(({ row }) => row.includes('Невская'))).toEqual([]);
  });
});

describe('a verdict', () => {
  const signedDocument = async () => {
    const file = pdf();
    const documentId = await documentOf(
      await store('a.pdf', file),
      await store('a.pdf.sig', centre.sign(file, [holder])),
    );
    await app.settle();
    return documentId;
  };
  const checkedAt = async (documentId: string) => (await filesOf(documentId))[0]?.signature?.checkedAt;

  it('is kept while the files are the same, and reached anew when that is asked for', async () => {
    const documentId = await signedDocument();
    const first = await checkedAt(documentId);
    app.clock.advance(60_000);
    await app.execute(new AttachFiles(owner, documentId, [await store('b.pdf', pdf({ extra: '/Lang (ru)' }))]));
    await app.settle();
    expect(await checkedAt(documentId)).toEqual(first);
    await app.execute(new VerifySignatures(documentId, true));
    expect(await checkedAt(documentId)).toEqual(app.clock.now());
  });

  it('is reached anew by the job when other centres are trusted, and only then', async () => {
    const documentId = await signedDocument();
    const first = await checkedAt(documentId);
    app.clock.advance(60_000);
    await app.inUnitOfWork(() => app.get(VerifySignaturesJob).run());
    expect(await checkedAt(documentId)).toEqual(first);

    await app.sql.query("update documents.signature_check set trust = 'of other roots'");
    await app.inUnitOfWork(() => app.get(VerifySignaturesJob).run());
    expect(await checkedAt(documentId)).toEqual(app.clock.now());
    const row = await app.sql.one<{ trust: string }>(
      `select c.trust from documents.signature_check c
       join documents.personal_document d on c.signature_file_id = any (d.file_ids) where d.id = $1`,
      [documentId],
    );
    expect(row?.trust).toBe(app.get(SignatureVerifier).trust);
  });
});

it("is found among the files of its document, without a look at everybody's signatures", async () => {
  const documentId = await documentOf(
    await store('Акт.pdf', pdf()),
    await store('Акт.pdf.sig', centre.sign(pdf(), [holder])),
  );
  await app.sql
    .query(`insert into documents.stored_file (id, owner_id, name, extension, media_type, bytes, sha256, scan, stored_at, content_id)
    select gen_random_uuid(), gen_random_uuid(), i || '.pdf.sig', 'sig', 'application/pkcs7-signature', 1, i, 'CLEAN', now(), gen_random_uuid()
    from generate_series(1, 20000) i`);
  await app.sql.query('analyze documents.stored_file, documents.personal_document, documents.electronic_document');
  const plan = await app.sql.query<{ readonly 'QUERY PLAN': string }>(
    `explain (analyze, costs off, timing off) select p.* from documents.personal_document d, documents.stored_file f, lateral (
       select * from documents.signed_pair where document_id = d.id and file_id = f.id) p where d.id = $1 and f.id = any (d.file_ids)`,
    [documentId],
  );
  const text = plan.map((line) => line['QUERY PLAN']).join('\n');
  const rows = [...text.matchAll(/actual rows=([\d.]+)|Rows Removed by \w+(?: \w+)?: (\d+)/g)].map(([, read, passed]) =>
    Number(read ?? passed),
  );
  expect(rows[0]).toBe(1);
  expect(Math.max(...rows)).toBeLessThan(100);
});

describe('the signature of an electronic document', () => {
  it('is checked when the document is kept', async () => {
    const file = pdf();
    const paper = {
      sourceId: randomUUID(),
      applicationId: randomUUID(),
      kind: 'DECISION' as const,
      title: 'Решение',
      issuer: 'Комитет',
      number: '1',
      issuedAt: '2026-11-21T09:00:00Z',
      fileId: await store('Решение.pdf', file),
      signatureFileId: await store('Подпись.sig', centre.sign(file, [holder])),
    };
    await app.execute(new SaveElectronicDocument(owner, paper));
    const find = async () => (await app.ask(new ElectronicDocumentsQuery(owner))).entries[0]!;
    expect((await find()).signature?.verdict).toBeNull();
    await app.settle();
    const found = await find();
    expect(found.signature?.verdict).toMatchObject({ integrity: 'VALID', chain: 'TRUSTED' });
    expect(await app.ask(new ElectronicDocumentQuery(owner, found.documentId))).toEqual(found);
  });
});
