import { InMemoryFileStorage, InMemoryStoredFiles, inspectorSaying } from '../../../../test/support/documents-fakes.js';
import { bytesOf, streamOf } from '../../../../test/support/sample-files.js';
import { type ElectronicDocumentRepository } from '../domain/electronic-document.repository.js';
import { type PersonalDocumentRepository } from '../domain/personal-document.repository.js';
import {
  ContentMismatch,
  EmptyFile,
  ExtensionNotAllowed,
  FileInQuarantine,
  FileTooLarge,
  InfectedFile,
  QuotaExceeded,
  ScannerUnavailable,
} from '../domain/stored-file.errors.js';
import { type ContentInspector } from './ports/content-inspector.js';
import { type VirusScanner } from './ports/virus-scanner.js';
import { StoreFile } from './store-file.command.js';
import { StoreFileHandler } from './store-file.js';
import { SweepFilesHandler } from './sweep-files.js';

const LIMIT = 3_145_728;
const NOW = new Date('2026-11-22T09:00:00Z');

let storage: InMemoryFileStorage;
let files: InMemoryStoredFiles;
let ids: number;
let now: Date;
beforeEach(() => {
  now = NOW;
  storage = new InMemoryFileStorage(() => now);
  files = new InMemoryStoredFiles();
  ids = 0;
});

const scannerSaying = (answer: 'CLEAN' | 'NOT_SCANNED' | Error): VirusScanner => ({
  scan: () => (answer instanceof Error ? Promise.reject(answer) : Promise.resolve(answer)),
});

const clock = { now: () => now };
const handler = (
  inspector: ContentInspector = inspectorSaying(),
  scanner: VirusScanner = scannerSaying('NOT_SCANNED'),
) =>
  new StoreFileHandler(
    files,
    storage,
    inspector,
    scanner,
    { next: () => `00000000-0000-7000-8000-${String((ids += 1)).padStart(12, '0')}` },
    clock,
  );

const store = (bytes: Uint8Array, name = 'скан.pdf', allowed?: readonly string[]) =>
  handler().execute(new StoreFile('owner', name, streamOf(bytes), allowed));

const expectNothingStored = () => {
  expect(storage.contents.size).toBe(0);
  expect(files.files).toEqual([]);
};

describe('storing a file', () => {
  it('keeps the bytes as they came and tells their fingerprint', async () => {
    const info = await store(Buffer.from('abc'), 'Скан.PDF');
    expect(info).toEqual({
      fileId: info.fileId,
      name: 'Скан.PDF',
      extension: 'pdf',
      mediaType: 'application/pdf',
      bytes: 3,
      sha256: 'ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad',
      scan: 'NOT_SCANNED',
    });
    expect((await bytesOf((await storage.read(info.fileId))!)).toString()).toBe('abc');
    expect(files.files).toMatchObject([{ id: info.fileId, ownerId: 'owner', scan: 'NOT_SCANNED', storedAt: NOW }]);
  });

  it('takes exactly 3 145 728 bytes', async () => {
    expect(await store(Buffer.alloc(LIMIT))).toMatchObject({ bytes: LIMIT });
  });

  it('refuses one byte more and keeps nothing', async () => {
    await expect(store(Buffer.alloc(LIMIT + 1))).rejects.toThrow(FileTooLarge);
    expectNothingStored();
  });

  it('stops reading an endless upload at the limit', async () => {
    let given = 0;
    async function* endless() {
      for (;;) {
        given += 65_536;
        yield await Promise.resolve(new Uint8Array(65_536));
      }
    }
    await expect(handler().execute(new StoreFile('owner', 'a.pdf', endless()))).rejects.toThrow(FileTooLarge);
    expect(given).toBe(LIMIT + 65_536);
    expectNothingStored();
  });

  it('refuses an empty file, a foreign extension and one the form does not take', async () => {
    await expect(store(Buffer.alloc(0))).rejects.toThrow(EmptyFile);
    await expect(store(Buffer.from('x'), 'photo.png')).rejects.toThrow(ExtensionNotAllowed);
    await expect(store(Buffer.from('x'), 'a.docx', ['pdf'])).rejects.toThrow(ExtensionNotAllowed);
    expectNothingStored();
  });

  it('keeps the bytes when it is not known whether the record was stored', async () => {
    const add = files.add.bind(files);
    files.add = async (file, limit) => {
      await add(file, limit);
      throw new Error('Connection terminated unexpectedly');
    };
    await expect(store(Buffer.from('abc'))).rejects.toThrow('Connection terminated');
    expect([...storage.contents.keys()]).toEqual(files.files.map(({ contentId }) => contentId));
  });

  it.each([
    ['its content', inspectorSaying(new ContentMismatch('pdf')), scannerSaying('CLEAN'), ContentMismatch],
    ['a virus', inspectorSaying(), scannerSaying(new InfectedFile()), InfectedFile],
    ['a silent scanner', inspectorSaying(), scannerSaying(new ScannerUnavailable()), ScannerUnavailable],
  ])('keeps nothing of a file refused for %s', async (_reason, inspector, scanner, refusal) => {
    await expect(
      handler(inspector, scanner).execute(new StoreFile('owner', 'a.pdf', streamOf(Buffer.from('x')))),
    ).rejects.toThrow(refusal);
    expectNothingStored();
  });

  it('marks what a scanner has found clean', async () => {
    await handler(inspectorSaying(), scannerSaying('CLEAN')).execute(
      new StoreFile('owner', 'a.pdf', streamOf(Buffer.from('x'))),
    );
    expect(files.files).toMatchObject([{ scan: 'CLEAN' }]);
  });

  it('waits for the scanner in quarantine where the caller can wait', async () => {
    const info = await handler(inspectorSaying(), scannerSaying(new ScannerUnavailable())).execute(
      new StoreFile('owner', 'a.pdf', streamOf(Buffer.from('x')), undefined, 'QUARANTINE'),
    );
    expect(info.scan).toBe('PENDING');
    expect(storage.contents.has(info.fileId)).toBe(true);
    await expect(files.hold('draft:1', [info.fileId])).rejects.toThrow(FileInQuarantine);
  });

  it('keeps nothing infected, whether the caller can wait or not', async () => {
    const infected = handler(inspectorSaying(), scannerSaying(new InfectedFile()));
    const upload = new StoreFile('owner', 'a.pdf', streamOf(Buffer.from('x')), undefined, 'QUARANTINE');
    await expect(infected.execute(upload)).rejects.toThrow(InfectedFile);
    expectNothingStored();
  });

  const different = (at: number) => Buffer.alloc(LIMIT, at);

  it('keeps an owner within 100 MB, not counting what applications hold', async () => {
    for (let count = 0; count < 33; count += 1) await store(different(count));
    await expect(store(different(33))).rejects.toThrow(QuotaExceeded);
    expect(storage.contents.size).toBe(33);
    await files.hold('draft:1', [files.files[0]!.id]);
    await expect(store(different(33))).rejects.toThrow(QuotaExceeded);
    await files.hold('application:1', [files.files[0]!.id]);
    await expect(store(different(33))).resolves.toMatchObject({ bytes: LIMIT });
    await expect(
      handler().execute(new StoreFile('another', 'a.pdf', streamOf(Buffer.from('x')))),
    ).resolves.toMatchObject({ bytes: 1 });
  });
});

describe('equal files', () => {
  it('of one person share their bytes and count once', async () => {
    for (let count = 0; count < 40; count += 1) await store(Buffer.alloc(LIMIT), `скан ${count}.pdf`);
    expect(storage.contents.size).toBe(1);
    expect(files.files.map(({ name }) => name).slice(0, 2)).toEqual(['скан 0.pdf', 'скан 1.pdf']);
    expect(new Set(files.files.map(({ id }) => id)).size).toBe(40);
    expect([...storage.contents.keys()]).toEqual([files.files[0]!.contentId]);
  });

  it('of two persons lie apart', async () => {
    await store(Buffer.from('x'));
    await handler().execute(new StoreFile('another', 'a.pdf', streamOf(Buffer.from('x'))));
    expect(storage.contents.size).toBe(2);
  });

  it('are both clean when one is found clean', async () => {
    const upload = () => new StoreFile('owner', 'a.pdf', streamOf(Buffer.from('x')), undefined, 'QUARANTINE');
    await handler(inspectorSaying(), scannerSaying('CLEAN')).execute(upload());
    const second = await handler(inspectorSaying(), scannerSaying(new ScannerUnavailable())).execute(upload());
    expect(second.scan).toBe('CLEAN');
  });
});

describe('sweeping files', () => {
  const noDocuments = { forgetRemovedBefore: () => Promise.resolve(0) } as unknown as PersonalDocumentRepository;
  const noElectronic = noDocuments as unknown as ElectronicDocumentRepository;
  const sweep = () => new SweepFilesHandler(noDocuments, noElectronic, files, storage, clock).execute();
  const after = (hours: number) => (now = new Date(NOW.getTime() + hours * 3_600_000));

  it('erases an upload that nobody claimed in 48 hours, and not before', async () => {
    const unclaimed = await store(Buffer.from('a'));
    const held = await store(Buffer.from('b'));
    await files.hold('application:1', [held.fileId]);
    after(48);
    await sweep();
    expect([...storage.contents.keys()]).toEqual([unclaimed.fileId, held.fileId]);
    after(48.01);
    await sweep();
    expect([...storage.contents.keys()]).toEqual([held.fileId]);
    expect(files.files.map(({ id }) => id)).toEqual([held.fileId]);
  });

  it('erases shared bytes with the last record that needs them', async () => {
    const first = await store(Buffer.from('a'), 'a.pdf');
    const second = await store(Buffer.from('a'), 'b.pdf');
    await files.hold('application:1', [second.fileId]);
    after(49);
    await sweep();
    expect(files.files.map(({ id }) => id)).toEqual([second.fileId]);
    expect([...storage.contents.keys()]).toEqual([first.fileId]);
    await files.release('application:1');
    await sweep();
    expectNothingStored();
  });

  it('erases the bytes of infected files', async () => {
    const { fileId } = await store(Buffer.from('a'));
    await files.hold('application:1', [fileId]);
    await files.judge(fileId, 'INFECTED');
    after(1.1);
    await sweep();
    expect(storage.contents.size).toBe(0);
    expect(files.files).toHaveLength(1);
  });

  it('erases bytes without a record once no upload can be under way', async () => {
    await storage.put('00000000-0000-7000-8000-999999999999', streamOf(Buffer.from('left over')));
    after(0.9);
    await sweep();
    expect(storage.contents.size).toBe(1);
    after(1.1);
    await sweep();
    expect(storage.contents.size).toBe(0);
  });
});
