import { randomUUID } from 'node:crypto';
import { readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import pg from 'pg';
import { bytesOf, pdf, streamOf } from '../../../../test/support/sample-files.js';
import { testApp, type TestApp } from '../../../../test/support/test-app.js';
import { Config } from '../../../platform/config/config.js';
import { FILES_ERASURE_LOCK } from '../../../platform/persistence/advisory-locks.js';
import { DocumentsModule, documentsMappings } from '../documents.module.js';
import { CabinetFileQuery } from '../application/cabinet-documents.query.js';
import { VirusScanner } from '../application/ports/virus-scanner.js';
import { ScanFiles } from '../application/scan-files.js';
import { SweepFiles } from '../application/sweep-files.js';
import {
  FileInfected,
  FileInQuarantine,
  InfectedFile,
  QuotaExceeded,
  ScannerUnavailable,
} from '../domain/stored-file.errors.js';
import { StoredFile } from '../domain/stored-file.js';
import { FileName } from '../domain/file-name.js';
import { StoredFileRepository } from '../domain/stored-file.repository.js';
import { FileContentQuery, HoldFiles, ReleaseFiles, StoredFilesQuery, StoreFile } from '../public.js';
import { ScanFilesJob } from './scan-files.job.js';
import { SweepFilesJob } from './sweep-files.job.js';

const HOUR = 3_600_000;

/** A scanner that a test tells what to say. */
class ToldScanner extends VirusScanner {
  says: 'CLEAN' | 'NOT_SCANNED' | Error = 'NOT_SCANNED';

  override scan(): Promise<'CLEAN' | 'NOT_SCANNED'> {
    return this.says instanceof Error ? Promise.reject(this.says) : Promise.resolve(this.says);
  }
}

const scanner = new ToldScanner();
let app: TestApp;
let owner: string;
beforeAll(async () => {
  const override = [{ port: VirusScanner, with: scanner }];
  app = await testApp({ modules: [DocumentsModule], mappings: documentsMappings, override });
});
afterAll(() => app.close());
beforeEach(() => {
  owner = randomUUID();
  app.clock.set('2026-11-22T09:00:00Z');
  scanner.says = 'NOT_SCANNED';
});

let different = 0;
const content = () => pdf({ trailer: `/ID [(${(different += 1)}) (a)]` });
const store = (bytes: Buffer, name = 'скан.pdf', by = owner, unscanned: 'REFUSE' | 'QUARANTINE' = 'QUARANTINE') =>
  app.execute(new StoreFile(by, name, streamOf(bytes), undefined, unscanned));
const read = async (fileId: string) => bytesOf((await app.ask(new FileContentQuery(fileId)))!.content);
const keysOnDisk = (): string[] => {
  const root = join(app.nest.get<Config>(Config).dataDir, 'files');
  return readdirSync(root, { recursive: true, encoding: 'utf8' })
    .filter((name) => statSync(join(root, name)).isFile())
    .map((name) => name.split('/').at(-1) ?? '');
};
const sweepAfter = async (hours: number) => {
  app.clock.advance(hours * HOUR);
  await app.execute(new SweepFiles());
};

describe('a stored file', () => {
  it('is loaded as it was saved', async () => {
    const saved = StoredFile.accept(
      randomUUID(),
      owner,
      FileName.parse('Скан.pdf'),
      { bytes: 1, sha256: 'ab', scan: 'PENDING' },
      app.clock.now(),
    );
    await app.inUnitOfWork(() => app.get(StoredFileRepository).add(saved, 1));
    const [loaded] = await app.inUnitOfWork(() => app.get(StoredFileRepository).ownedBy(owner, [saved.id]));
    expect({ ...loaded }).toEqual({ ...saved });
    expect(loaded).toBeInstanceOf(StoredFile);
  });
});

describe('equal files', () => {
  it('of one person are kept once, each under its own name, until the last one goes', async () => {
    const bytes = content();
    const [first, second] = [await store(bytes, 'Паспорт.pdf'), await store(bytes, 'Копия.pdf')];
    const foreign = await store(bytes, 'Чужой.pdf', randomUUID());
    const keys = keysOnDisk();
    expect(keys).toContain(first.fileId);
    expect(keys).not.toContain(second.fileId);
    expect(keys).toContain(foreign.fileId);
    expect([first.name, second.name]).toEqual(['Паспорт.pdf', 'Копия.pdf']);

    await app.execute(new HoldFiles('application:1', [second.fileId]));
    await sweepAfter(49);
    expect(await app.ask(new StoredFilesQuery(owner, [first.fileId, second.fileId]))).toEqual([second]);
    expect((await read(second.fileId)).equals(bytes)).toBe(true);

    await app.execute(new ReleaseFiles('application:1'));
    await sweepAfter(0);
    expect(keysOnDisk()).not.toContain(first.fileId);
  });

  it('sent all at once leave one copy, of which every record can be read', async () => {
    const bytes = content();
    const before = keysOnDisk().length;
    const stored = await Promise.all(Array.from({ length: 12 }, (_, at) => store(bytes, `${at}.pdf`)));
    expect(keysOnDisk()).toHaveLength(before + 1);
    for (const { fileId } of stored) expect((await read(fileId)).equals(bytes)).toBe(true);
  });

  it('can be sent while the sweep erases the former one', async () => {
    app.clock.set(new Date()); // bytes on the disk have their age by the clock of the machine
    for (let round = 0; round < 10; round += 1) {
      const bytes = content();
      const { fileId } = await store(bytes);
      const twoDaysAgo = new Date(app.clock.now().getTime() - 49 * HOUR);
      await app.sql.query('update documents.stored_file set stored_at = $2 where id = $1', [fileId, twoDaysAgo]);
      const [again] = await Promise.all([store(bytes), app.execute(new SweepFiles()), app.execute(new SweepFiles())]);
      expect((await read(again.fileId)).equals(bytes)).toBe(true);
    }
  });

  it('count once, and the limit holds for uploads that come together', async () => {
    const keep = (sha256: string, bytes: number) =>
      app.inUnitOfWork(() => {
        const file = StoredFile.accept(
          randomUUID(),
          owner,
          FileName.parse('a.pdf'),
          { bytes, sha256, scan: 'CLEAN' },
          app.clock.now(),
        );
        return app.get(StoredFileRepository).add(file, 100);
      });
    for (let count = 0; count < 3; count += 1) await keep('a', 60);
    const outcomes = await Promise.allSettled(['b', 'c', 'd', 'e'].map((sha256) => keep(sha256, 30)));
    expect(outcomes.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
    for (const outcome of outcomes)
      if (outcome.status === 'rejected') expect(outcome.reason).toBeInstanceOf(QuotaExceeded);
  });
});

describe('a file in quarantine', () => {
  beforeEach(() => (scanner.says = new ScannerUnavailable()));

  it('is the owner’s already, but can be neither read nor sent until the scanner answers', async () => {
    const bytes = content();
    const { fileId, scan } = await store(bytes);
    expect(scan).toBe('PENDING');
    expect(await app.ask(new CabinetFileQuery(owner, fileId))).toMatchObject({ scan: 'PENDING' });
    await expect(app.ask(new FileContentQuery(fileId))).rejects.toThrow(FileInQuarantine);
    await expect(app.execute(new HoldFiles('draft:1', [fileId]))).rejects.toThrow(FileInQuarantine);
    await expect(app.execute(new ScanFiles())).rejects.toThrow(ScannerUnavailable);

    scanner.says = 'CLEAN';
    await app.execute(new ScanFiles());
    expect((await read(fileId)).equals(bytes)).toBe(true);
    await app.execute(new HoldFiles('draft:1', [fileId]));
  });

  it('in which a virus is found loses its bytes and keeps its name; its owner is told once', async () => {
    const { fileId } = await store(content());
    scanner.says = new InfectedFile();
    await app.execute(new ScanFiles());
    await app.execute(new ScanFiles());
    expect(keysOnDisk()).not.toContain(fileId);
    expect(await app.ask(new CabinetFileQuery(owner, fileId))).toMatchObject({ name: 'скан.pdf', scan: 'INFECTED' });
    await expect(app.ask(new FileContentQuery(fileId))).rejects.toThrow(FileInfected);
    expect(await app.ask(new StoredFilesQuery(owner, [fileId]))).toEqual([]);
    const told = (await app.settle()).filter(({ payload }) => payload['fileId'] === fileId);
    expect(told).toMatchObject([{ type: 'documents.file-found-infected.v1', payload: { fileId, ownerId: owner } }]);
    await sweepAfter(49);
    expect(await app.ask(new CabinetFileQuery(owner, fileId))).toBeNull();
  });

  it('is not what an application is sent with', async () => {
    const before = keysOnDisk().length;
    await expect(store(content(), 'a.pdf', owner, 'REFUSE')).rejects.toThrow(ScannerUnavailable);
    expect(keysOnDisk()).toHaveLength(before);
  });
});

describe('while a backup copies the files', () => {
  it('nothing is erased, and afterwards all of it', async () => {
    const unclaimed = await store(content());
    scanner.says = new ScannerUnavailable();
    const infected = await store(content());
    scanner.says = new InfectedFile();
    app.clock.advance(49 * HOUR);
    const backup = new pg.Client(app.nest.get<Config>(Config).databaseUrl);
    await backup.connect();
    try {
      await backup.query('select pg_advisory_lock($1)', [FILES_ERASURE_LOCK]);
      await app.inUnitOfWork(() => app.get(SweepFilesJob).run());
      await app.inUnitOfWork(() => app.get(ScanFilesJob).run());
      expect(keysOnDisk()).toEqual(expect.arrayContaining([unclaimed.fileId, infected.fileId]));
    } finally {
      await backup.end();
    }
    await app.inUnitOfWork(() => app.get(ScanFilesJob).run());
    await app.inUnitOfWork(() => app.get(SweepFilesJob).run());
    expect(keysOnDisk()).not.toContain(unclaimed.fileId);
    expect(keysOnDisk()).not.toContain(infected.fileId);
  });
});

it('unclaimed ones are found among many at once', async () => {
  const of = (many: number) => `(select i, md5('file' || i)::uuid as id from generate_series(1, ${many}) i) files`;
  await app.sql.query(
    `insert into documents.stored_file (id, owner_id, name, extension, media_type, bytes, sha256, scan, stored_at, content_id)
    select id, $1, i || '.pdf', 'pdf', 'application/pdf', 1, i, 'CLEAN', $2, id from ${of(10_001)}`,
    [owner, '2020-01-01T00:00:00Z'],
  );
  await app.sql.query(
    `insert into documents.personal_document (id, owner_id, kind_code, requisites, number_fingerprint, file_ids, added_at, changed_at)
    select id, $1, 'INN', '', i, array[id], now(), now() from ${of(10_000)}`,
    [owner],
  );
  await app.sql.query('analyze documents.stored_file, documents.personal_document');
  const began = performance.now();
  const forgotten = await app.inUnitOfWork(() =>
    app.get(StoredFileRepository).forgetUnclaimed(new Date('2021-01-01'), 200),
  );
  expect(performance.now() - began).toBeLessThan(1500);
  expect(forgotten).toHaveLength(1);
}, 60_000);
