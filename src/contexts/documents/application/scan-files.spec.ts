import { hash } from 'node:crypto';
import { InMemoryFileStorage, InMemoryStoredFiles } from '../../../../test/support/documents-fakes.js';
import { bytesOf, streamOf } from '../../../../test/support/sample-files.js';
import { FileName } from '../domain/file-name.js';
import { FileInfected, FileInQuarantine, FileNotFound, InfectedFile, ScannerUnavailable } from '../domain/stored-file.errors.js';
import { FileFoundInfected } from '../domain/stored-file.events.js';
import { type ScanState, StoredFile } from '../domain/stored-file.js';
import { type VirusScanner } from './ports/virus-scanner.js';
import { ScanFilesHandler } from './scan-files.js';

const NOW = new Date('2026-11-22T09:00:00Z');

let storage: InMemoryFileStorage;
let files: InMemoryStoredFiles;
/** What the scanner was given, in order. */
let seen: string[];
beforeEach(() => {
  storage = new InMemoryFileStorage();
  files = new InMemoryStoredFiles();
  seen = [];
});

/** Finds the files infected whose bytes say so, and does not answer on those that say `silence`. */
const scanner: VirusScanner = {
  scan: async (content) => {
    const text = (await bytesOf(content)).toString();
    seen.push(text);
    if (text.includes('virus')) throw new InfectedFile();
    if (text.includes('silence')) throw new ScannerUnavailable();
    return 'CLEAN';
  },
};
const noScanner: VirusScanner = { scan: () => Promise.resolve('NOT_SCANNED') };

let ids = 0;
async function stored(text: string, scan: ScanState): Promise<StoredFile> {
  const id = `00000000-0000-7000-8000-${String((ids += 1)).padStart(12, '0')}`;
  const bytes = await storage.put(id, streamOf(Buffer.from(text)));
  const sha256 = hash('sha256', text);
  const file = StoredFile.accept(id, 'owner', FileName.parse(`${id}.pdf`), { bytes, sha256, scan }, NOW);
  await files.add(file, 1_000_000);
  return file;
}

const scanAll = (by: VirusScanner = scanner) => new ScanFilesHandler(files, storage, by).execute();

describe('scanning files', () => {
  it('sets the clean ones free, those in quarantine first', async () => {
    const late = await stored('stored without a scanner', 'NOT_SCANNED');
    const waiting = await stored('waiting', 'PENDING');
    await scanAll();
    expect(seen).toEqual(['waiting', 'stored without a scanner']);
    expect([late.scan, waiting.scan]).toEqual(['CLEAN', 'CLEAN']);
    await expect(files.hold('draft:1', [waiting.id])).resolves.toBeUndefined();
    await scanAll();
    expect(seen).toHaveLength(2);
  });

  it('marks an infected one, erases its bytes and tells its owner', async () => {
    const file = await stored('a virus', 'PENDING');
    await scanAll();
    expect(file.scan).toBe('INFECTED');
    expect(storage.contents.size).toBe(0);
    expect(file.pullEvents()).toEqual([new FileFoundInfected(file.id, 'owner')]);
    await expect(files.hold('draft:1', [file.id])).rejects.toThrow(FileInfected);
  });

  it('passes one verdict on all that share the bytes', async () => {
    const same = [await stored('a virus', 'PENDING'), await stored('a virus', 'PENDING')];
    await scanAll();
    expect(seen).toHaveLength(1);
    expect(same.map(({ scan }) => scan)).toEqual(['INFECTED', 'INFECTED']);
  });

  it('leaves the bytes to a record that came to share them in the meantime', async () => {
    const file = await stored('a virus', 'PENDING');
    let second: StoredFile | undefined;
    const judge = files.judge.bind(files);
    files.judge = async (contentId, verdict) => {
      await judge(contentId, verdict);
      second ??= StoredFile.accept('other', 'owner', FileName.parse('b.pdf'), { ...file, scan: 'PENDING' }, NOW);
      second.shareContentOf({ contentId, scan: 'PENDING' });
      if (!files.files.includes(second)) files.files.push(second);
    };
    await scanAll();
    expect(storage.contents.size).toBe(1);
    await scanAll();
    expect(second?.scan).toBe('INFECTED');
    expect(storage.contents.size).toBe(0);
  });

  it('goes on past a file that the scanner or the storage cannot take, and says so at the end', async () => {
    const [silent, lost, clean] = [await stored('silence', 'PENDING'), await stored('lost', 'PENDING'), await stored('clean', 'PENDING')];
    storage.contents.delete(lost.id);
    await expect(scanAll()).rejects.toThrow(FileNotFound);
    expect([silent.scan, clean.scan]).toEqual(['PENDING', 'CLEAN']);
  });

  it('stops when the scanner does not answer, and leaves everything in quarantine', async () => {
    const waiting = [];
    for (let count = 0; count < 5; count += 1) waiting.push(await stored(`silence ${count}`, 'PENDING'));
    await expect(scanAll()).rejects.toThrow(ScannerUnavailable);
    expect(seen).toHaveLength(3);
    await expect(files.hold('draft:1', [waiting[0]!.id])).rejects.toThrow(FileInQuarantine);
  });

  it('lifts the quarantine with an honest mark when the scanner was taken away for good', async () => {
    const waiting = await stored('waiting', 'PENDING');
    await scanAll(noScanner);
    expect(waiting.scan).toBe('NOT_SCANNED');
    expect(storage.contents.size).toBe(1);
  });

  it('reaches every file, however many', async () => {
    const all = [];
    for (let count = 0; count < 250; count += 1) all.push(await stored(`file ${count}`, 'NOT_SCANNED'));
    await scanAll();
    expect(all.every(({ scan }) => scan === 'CLEAN')).toBe(true);
  });
});
