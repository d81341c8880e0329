import { randomUUID } from 'node:crypto';
import { AddPersonalDocument } from '../../application/add-personal-document.js';
import { type CertificationCentre } from '../../../../../test/support/certification-centre.js';
import { PASSPORT } from '../../../../../test/support/documents-app.js';
import { DocumentsVisits } from '../../../../../test/support/documents-visits.js';
import { pdf } from '../../../../../test/support/sample-files.js';
import { certificationCentres } from '../../../../../test/support/signatures.js';
import { SaveElectronicDocument } from '../../public.js';

const visits = DocumentsVisits.beforeEachTest();
const { centreOf, closeAll } = certificationCentres();
let centre: CertificationCentre;
beforeAll(() => (centre = centreOf('ECDSA')));
afterAll(closeAll);

/** A document with a file and a signature of these bytes beside it. */
async function signedDocument(signed: Buffer): Promise<string> {
  const names = [
    await visits.store('Договор.pdf'),
    await visits.store('Договор.pdf.sig', centre.sign(signed, [centre.issue()])),
  ];
  const fileIds = names.map(({ fileId }) => fileId);
  return `/documents/${await visits.app.execute(new AddPersonalDocument(visits.owner, 'RF_PASSPORT', PASSPORT, fileIds))}`;
}

describe('the page of a document', () => {
  it('waits for the check of a signature, looking again by itself', async () => {
    const path = await signedDocument(pdf());
    const waiting = await visits.visitor.open(path);
    expect(waiting.text).toContain('Подпись проверяется');
    expect(waiting.html).toContain('data-refresh');
    await visits.app.settle();
    const checked = await visits.visitor.open(path);
    expect(checked.html).not.toContain('data-refresh');
    expect(checked.text).toContain('Файл совпадает с подписанным');
    expect(checked.text).toContain('Невская Мария Петровна');
    expect(checked.text).toContain('Не отозван ли сертификат');
  });

  it('says why a signature does not fit', async () => {
    const path = await signedDocument(pdf({ extra: '/Lang (ru)' }));
    await visits.app.settle();
    const { text } = await visits.visitor.open(path);
    expect(text).toContain('Подпись не подходит');
    expect(text).toContain('файл изменили после подписания, или это не тот файл');
  });

  it('lets a signature be checked again', async () => {
    const path = await signedDocument(pdf());
    await visits.visitor.open(path);
    const sent = await visits.visitor.send(`${path}/signatures`);
    expect(sent).toMatchObject({ status: 303, location: path });
    const { text } = await visits.visitor.open(path);
    expect(text).toContain('Подписи проверены ещё раз.');
    expect(text).toContain('Файл совпадает с подписанным');
  });

  it('says nothing of signatures where there are none', async () => {
    const { text } = await visits.visitor.open(`/documents/${await visits.addPassport()}`);
    expect(text).not.toContain('Подпись');
  });

  it('does not check for somebody else', async () => {
    const path = await signedDocument(pdf());
    visits.signIn(randomUUID());
    await visits.visitor.open('/documents');
    expect((await visits.visitor.send(`${path}/signatures`)).status).toBe(404);
    expect((await visits.visitor.send(`/documents/electronic/${randomUUID()}/signatures`)).status).toBe(404);
  });
});

describe('the page of an electronic document', () => {
  it('shows the state of its signature, in the list as well, and checks it again', async () => {
    const file = await visits.store('Решение.pdf');
    const signature = await visits.store('Решение.pdf.sig', centre.sign(pdf(), [centre.issue()]));
    const paper = {
      sourceId: randomUUID(),
      applicationId: randomUUID(),
      kind: 'DECISION' as const,
      title: 'Решение',
      issuer: 'Комитет',
      number: '17',
      issuedAt: '2026-11-21T09:00:00Z',
      fileId: file.fileId,
      signatureFileId: signature.fileId,
    };
    await visits.app.execute(new SaveElectronicDocument(visits.owner, paper));
    const list = await visits.visitor.open('/documents/electronic');
    expect(list.text).toContain('Подпись проверяется');
    const path = /href="(\/documents\/electronic\/[\w-]{36})"/.exec(list.html)?.[1] ?? '';
    expect(await visits.visitor.send(`${path}/signatures`)).toMatchObject({ status: 303, location: path });
    expect((await visits.visitor.open(path)).text).toContain('Невская Мария Петровна');
    expect((await visits.visitor.open('/documents/electronic')).text).toContain('подписавший не подтверждён');
  });
});
