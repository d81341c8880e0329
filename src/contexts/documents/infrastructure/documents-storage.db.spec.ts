import { randomUUID } from 'node:crypto';
import { readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { documentsApp, PASSPORT } from '../../../../test/support/documents-app.js';
import { bytesOf, pdf, SAMPLE_FILES, streamOf } from '../../../../test/support/sample-files.js';
import { type TestApp } from '../../../../test/support/test-app.js';
import { Config } from '../../../platform/config/config.js';
import { AddPersonalDocument } from '../application/add-personal-document.js';
import { AttachFiles, DetachFile } from '../application/attach-files.js';
import { CabinetFileQuery } from '../application/cabinet-documents.query.js';
import { ElectronicDocumentsQuery } from '../application/electronic-documents.query.js';
import { SweepFiles } from '../application/sweep-files.js';
import { type FileExtension } from '../domain/file-format.js';
import { FileNotFound, FileTooLarge } from '../domain/stored-file.errors.js';
import {
  AttachableFilesQuery,
  FileContentQuery,
  HoldFiles,
  ReleaseFiles,
  SaveElectronicDocument,
  StoredFilesQuery,
  StoreFile,
} from '../public.js';

const NOW = '2026-11-22T09:00:00Z';
const HOUR = 3_600_000;
const ISSUED_BY = 'ГУ МВД России';

let app: TestApp;
beforeAll(async () => {
  app = await documentsApp();
});
afterAll(() => app.close());

let owner: string;
beforeEach(() => {
  owner = randomUUID();
  app.clock.set(NOW);
});

const addPassport = (by = owner, changes: Partial<Record<string, string>> = {}) =>
  app.execute(new AddPersonalDocument(by, 'RF_PASSPORT', { ...PASSPORT, ...changes }));
const foreignPassport = (number: string, expiryDate = '2032-03-01') => ({
  series: '99',
  number,
  issueDate: '2022-03-01',
  expiryDate,
  issuedBy: ISSUED_BY,
});
const store = (name = 'скан.pdf', content: Buffer = pdf(), by = owner) =>
  app.execute(new StoreFile(by, name, streamOf(content)));

const decision = (fileId: string) => ({
  sourceId: 'decision-1',
  applicationId: randomUUID(),
  kind: 'DECISION' as const,
  title: 'Решение о зачислении',
  issuer: 'Комитет по образованию',
  number: '78-2026-00000017',
  issuedAt: '2026-11-20T10:00:00Z',
  fileId,
  signatureFileId: null,
});

const storedOnDisk = (): string[] => {
  const root = join(app.nest.get<Config>(Config).dataDir, 'files');
  return readdirSync(root, { recursive: true, encoding: 'utf8' }).filter((name) => statSync(join(root, name)).isFile());
};

describe('a stored file', () => {
  it.each(Object.keys(SAMPLE_FILES) as FileExtension[])(
    'of the format %s comes back byte for byte',
    async (extension) => {
      const content = await SAMPLE_FILES[extension]();
      const info = await store(`Файл.${extension}`, content);
      expect(await app.ask(new StoredFilesQuery(owner, [info.fileId]))).toEqual([info]);
      const found = await app.ask(new FileContentQuery(info.fileId));
      expect(found?.info).toEqual(info);
      expect((await bytesOf(found!.content)).equals(content)).toBe(true);
    },
  );

  it('of one byte too many leaves nothing behind', async () => {
    const before = storedOnDisk().length;
    const tooLong = Buffer.concat([pdf(), Buffer.alloc(3_145_729 - pdf().length)]);
    await expect(store('скан.pdf', tooLong)).rejects.toThrow(FileTooLarge);
    expect(storedOnDisk()).toHaveLength(before);
  });

  it('of exactly 3 145 728 bytes is kept', async () => {
    const padding = Buffer.alloc(3_145_728 - pdf().length, '\n');
    expect(
      await store(
        'скан.pdf',
        Buffer.concat([padding.subarray(0, 0), pdf().subarray(0, 9), padding, pdf().subarray(9)]),
      ),
    ).toMatchObject({
      bytes: 3_145_728,
    });
  });

  it('is told of only to its owner, in the order asked', async () => {
    const [a, b] = [await store('a.pdf'), await store('b.pdf')];
    expect(
      (await app.ask(new StoredFilesQuery(owner, [b.fileId, randomUUID(), 'x', a.fileId]))).map(({ name }) => name),
    ).toEqual(['b.pdf', 'a.pdf']);
    expect(await app.ask(new StoredFilesQuery(randomUUID(), [a.fileId]))).toEqual([]);
    expect(await app.ask(new CabinetFileQuery(randomUUID(), a.fileId))).toBeNull();
    expect(await app.ask(new FileContentQuery(randomUUID()))).toBeNull();
    expect(await app.ask(new FileContentQuery('../x'))).toBeNull();
  });

  it('stays while a document, a decision or an application needs it, and goes 48 hours after it came', async () => {
    const different = (at: number) => store('скан.pdf', pdf({ trailer: `/ID [(${at}) (${at})]` }));
    const [loose, ofDocument, ofDecision, ofApplication] = [
      await different(1),
      await different(2),
      await different(3),
      await different(4),
    ];
    const id = await app.execute(new AddPersonalDocument(owner, 'RF_PASSPORT', PASSPORT, [ofDocument.fileId]));
    await app.execute(new SaveElectronicDocument(owner, decision(ofDecision.fileId)));
    await app.execute(new HoldFiles('application:1', [ofApplication.fileId]));
    await app.execute(new HoldFiles('application:1', [ofApplication.fileId]));
    const all = [loose, ofDocument, ofDecision, ofApplication].map(({ fileId }) => fileId);
    const left = async () => (await app.ask(new StoredFilesQuery(owner, all))).map(({ fileId }) => fileId);

    app.clock.advance(47 * HOUR);
    await app.execute(new SweepFiles());
    expect(await left()).toEqual(all);
    app.clock.advance(2 * HOUR);
    await app.execute(new SweepFiles());
    expect(await left()).toEqual(all.slice(1));
    expect(storedOnDisk().join()).not.toContain(loose.fileId);

    await app.execute(new DetachFile(owner, id, ofDocument.fileId));
    await app.execute(new SweepFiles());
    expect(await left()).toEqual(all.slice(2));
  });

  it('is let go of by one holder and stays while another needs it', async () => {
    const { fileId } = await store();
    for (const holder of ['draft:1', 'application:1']) await app.execute(new HoldFiles(holder, [fileId]));
    const isLeft = async () => {
      await app.execute(new SweepFiles());
      return (await app.ask(new StoredFilesQuery(owner, [fileId]))).length === 1;
    };
    app.clock.advance(49 * HOUR);
    await app.execute(new ReleaseFiles('draft:1'));
    await app.execute(new ReleaseFiles('draft:1'));
    expect(await isLeft()).toBe(true);
    await app.execute(new ReleaseFiles('application:1'));
    expect(await isLeft()).toBe(false);
  });

  it('that is gone cannot be held', async () => {
    const { fileId } = await store();
    await expect(app.execute(new HoldFiles('application:2', [fileId, randomUUID()]))).rejects.toThrow(FileNotFound);
  });

  it('of somebody else is not attached', async () => {
    const foreign = await store('a.pdf', pdf(), randomUUID());
    const id = await addPassport();
    await expect(app.execute(new AttachFiles(owner, id, [foreign.fileId]))).rejects.toThrow(FileNotFound);
  });
});

describe('files to attach to an application', () => {
  it('are those of valid documents and of decisions, narrowed by kind and format', async () => {
    const [scan, photo, old, letter] = [
      await store('scan.pdf'),
      await store('photo.jpg', await SAMPLE_FILES.jpg()),
      await store('old.pdf'),
      await store('letter.pdf'),
    ];
    await app.execute(new AddPersonalDocument(owner, 'RF_PASSPORT', PASSPORT, [scan.fileId, photo.fileId]));
    await app.execute(
      new AddPersonalDocument(owner, 'RF_FOREIGN_PASSPORT', foreignPassport('0000012', '2026-11-22'), [old.fileId]),
    );
    await app.execute(new SaveElectronicDocument(owner, decision(letter.fileId)));
    const names = async (filter?: { kinds?: string[]; extensions?: string[] }) =>
      (await app.ask(new AttachableFilesQuery(owner, filter))).map(
        ({ name, documentTitle }) => `${name} · ${documentTitle}`,
      );

    expect((await names()).sort()).toEqual([
      'letter.pdf · Решение о зачислении',
      'old.pdf · Заграничный паспорт гражданина РФ',
      'photo.jpg · Паспорт гражданина РФ',
      'scan.pdf · Паспорт гражданина РФ',
    ]);
    app.clock.set('2026-11-23T09:00:00Z');
    expect(await names({ extensions: ['pdf'] })).not.toContain('old.pdf · Заграничный паспорт гражданина РФ');
    expect(await names({ kinds: ['RF_PASSPORT'], extensions: ['jpg', 'jpeg'] })).toEqual([
      'photo.jpg · Паспорт гражданина РФ',
    ]);
    expect(await app.ask(new AttachableFilesQuery(randomUUID()))).toEqual([]);
  });
});

describe('an electronic document', () => {
  it('is kept once, and its file is then its owner’s to read', async () => {
    const clerk = randomUUID();
    const { fileId } = await store('Решение.pdf', pdf(), clerk);
    expect(await app.ask(new CabinetFileQuery(owner, fileId))).toBeNull();
    const kept = decision(fileId);
    await app.execute(new SaveElectronicDocument(owner, kept));
    await app.execute(new SaveElectronicDocument(owner, kept));
    expect((await app.ask(new ElectronicDocumentsQuery(owner))).entries).toMatchObject([
      {
        title: kept.title,
        issuer: kept.issuer,
        number: kept.number,
        issuedAt: new Date(kept.issuedAt),
        file: { name: 'Решение.pdf' },
      },
    ]);
    expect(await app.ask(new CabinetFileQuery(owner, fileId))).toMatchObject({ fileId });
  });
});
