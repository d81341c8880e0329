import { randomUUID } from 'node:crypto';
import { documentsApp, PASSPORT } from '../../../../test/support/documents-app.js';
import { jpeg, pdf, streamOf } from '../../../../test/support/sample-files.js';
import { type TestApp } from '../../../../test/support/test-app.js';
import { AddPersonalDocument } from '../application/add-personal-document.js';
import { CabinetChoiceQuery, SaveElectronicDocument, StoreFile } from '../public.js';

let app: TestApp;
beforeAll(async () => {
  app = await documentsApp();
});
afterAll(() => app.close());

let owner: string;
beforeEach(() => {
  owner = randomUUID();
  app.clock.set('2026-11-22T09:00:00Z');
});

const store = async (name: string, content = pdf(), by = owner): Promise<string> =>
  (await app.execute(new StoreFile(by, name, streamOf(content)))).fileId;
const add = (
  kind: string,
  requisites: Readonly<Record<string, string>>,
  fileIds: string[],
  child: string | null = null,
) => app.execute(new AddPersonalDocument(owner, kind, requisites, fileIds, child));
const choice = (filter: { kinds?: string[]; extensions?: string[] } = {}) =>
  app.ask(new CabinetChoiceQuery(owner, filter));
const SNILS = { snils: '11223344595' };
const FOREIGN = {
  series: '99',
  number: '0000012',
  issueDate: '2022-03-01',
  expiryDate: '2026-11-22',
  issuedBy: 'МВД России',
};

describe('the choice from the cabinet', () => {
  it('groups files by their document, with whose it is and its last day', async () => {
    const [first, second] = [await store('1.pdf'), await store('2.jpg', jpeg())];
    const certificate = { series: 'IV-АК', number: '000123', issueDate: '2020-02-20', issuedBy: 'Отдел ЗАГС' };
    const documentId = await add('RF_BIRTH_CERTIFICATE', certificate, [first, second], 'child-peter');
    expect(await choice()).toMatchObject([
      {
        documentId,
        kindCode: 'RF_BIRTH_CERTIFICATE',
        title: 'Свидетельство о рождении',
        number: '•••• 123',
        childId: 'child-peter',
        expiresOn: null,
        files: [{ fileId: first }, { fileId: second }],
        unfit: null,
      },
    ]);
    expect((await choice({ extensions: ['jpg'] }))[0]?.files).toMatchObject([{ fileId: second }]);
  });

  it('offers electronic documents where no kind is asked for', async () => {
    const fileId = await store('Решение.pdf', pdf(), randomUUID());
    const applicationId = randomUUID();
    const paper = {
      sourceId: 's',
      applicationId,
      kind: 'DECISION',
      title: 'Решение',
      issuer: 'Комитет',
      number: '78-1',
    } as const;
    await app.execute(
      new SaveElectronicDocument(owner, { ...paper, issuedAt: '2026-11-20T10:00:00Z', fileId, signatureFileId: null }),
    );
    expect(await choice()).toMatchObject([{ kindCode: null, title: 'Решение', number: '78-1', files: [{ fileId }] }]);
    expect(await choice({ kinds: ['SNILS'] })).toEqual([]);
  });

  it('tells of a document without files only where its kind is asked for', async () => {
    await add('SNILS', SNILS, []);
    expect(await choice()).toEqual([]);
    expect(await choice({ kinds: ['SNILS'] })).toMatchObject([{ kindCode: 'SNILS', files: [], unfit: 'NO_FILES' }]);
    expect(await choice({ kinds: ['INN'] })).toEqual([]);
  });

  it('puts what fits first, and says why the rest does not', async () => {
    await add('RF_FOREIGN_PASSPORT', FOREIGN, [await store('Загран.pdf')]);
    await add('SNILS', SNILS, [await store('СНИЛС.jpg', jpeg())]);
    await add('RF_PASSPORT', PASSPORT, [await store('Паспорт.pdf', pdf({ extra: '/Lang (ru)' }))]);
    app.clock.set('2026-11-22T21:00:00Z');
    const outcome = (await choice({ extensions: ['pdf'] })).map(({ kindCode, unfit }) => [kindCode, unfit]);
    expect(outcome).toEqual([
      ['RF_PASSPORT', null],
      ['SNILS', 'OTHER_FORMAT'],
      ['RF_FOREIGN_PASSPORT', 'EXPIRED'],
    ]);
  });

  it.each([
    ['PENDING', 'BEING_SCANNED'],
    ['INFECTED', 'INFECTED'],
  ])('offers no file that the scanner has not let through: %s', async (scan, unfit) => {
    const [held, good] = [await store('1.pdf'), await store('2.jpg', jpeg())];
    await add('SNILS', SNILS, [held, good]);
    await app.sql.query('update documents.stored_file set scan = $1 where id = $2', [scan, held]);
    expect(await choice()).toMatchObject([{ files: [{ fileId: good }], unfit: null }]);
    expect(await choice({ extensions: ['pdf'] })).toMatchObject([{ files: [], unfit }]);
  });

  it('is only of the owner', async () => {
    await add('SNILS', SNILS, [await store('1.pdf')]);
    expect(await app.ask(new CabinetChoiceQuery(randomUUID()))).toEqual([]);
  });
});
