import { randomBytes, randomUUID } from 'node:crypto';
import { InMemoryFileStorage, InMemoryStoredFiles } from '../../../../test/support/documents-fakes.js';
import { bytesOf, streamOf } from '../../../../test/support/sample-files.js';
import { type Clock } from '../../../kernel/clock.js';
import { FileStorage } from '../application/ports/file-storage.js';
import { SweepFilesHandler } from '../application/sweep-files.js';
import { type ElectronicDocumentRepository } from '../domain/electronic-document.repository.js';
import { type PersonalDocumentRepository } from '../domain/personal-document.repository.js';
import { FileNotFound, StorageUnavailable } from '../domain/stored-file.errors.js';
import { CopyDiffers, FileMove, type MoveProgress } from './file-move.js';
import { MovingFileStorage } from './moving-file-storage.js';

/** Does `before` ahead of each question, so that a test comes between any two steps of a move. */
class Watched extends FileStorage {
  constructor(
    private readonly inner: FileStorage,
    private readonly before: (question: string, key: string) => unknown,
  ) {
    super();
  }
  override async put(key: string, content: AsyncIterable<Uint8Array>) {
    await this.before('put', key);
    return this.inner.put(key, content);
  }
  override async read(key: string) {
    await this.before('read', key);
    return this.inner.read(key);
  }
  override async remove(key: string) {
    await this.before('remove', key);
    return this.inner.remove(key);
  }
  override keysWrittenBefore(instant: Date) {
    return this.inner.keysWrittenBefore(instant);
  }
}

const setUp = async (files = 20) => {
  const [source, target] = [new InMemoryFileStorage(), new InMemoryFileStorage()];
  const contents = new Map(Array.from({ length: files }, () => [randomUUID() as string, randomBytes(100)]));
  for (const [key, bytes] of contents) await source.put(key, streamOf(bytes));
  return { source, target, contents, product: new MovingFileStorage(target, source) };
};
const move = (source: FileStorage, target: FileStorage, tell: (progress: MoveProgress) => void = () => undefined) =>
  new FileMove(source, target, tell).run();
const contentOf = async (storage: FileStorage, key: string) => {
  const content = await storage.read(key);
  return content && bytesOf(content);
};
const expectAll = async (storage: FileStorage, contents: ReadonlyMap<string, Buffer>) => {
  for (const [key, bytes] of contents) expect((await contentOf(storage, key))?.equals(bytes)).toBe(true);
};

describe('A move of files', () => {
  it('brings every file over, tells how far it is, and has nothing to do the second time', async () => {
    const { source, target, contents } = await setUp();
    const told: number[] = [];
    const progress = await move(source, target, ({ moved, found }) => told.push(moved / found));
    expect(progress).toEqual({ found: 20, moved: 20, bytes: 2000, differing: [] });
    expect(told).toHaveLength(20);
    expect(told.at(-1)).toBe(1);
    expect(source.contents.size).toBe(0);
    await expectAll(target, contents);
    expect(await move(source, target)).toMatchObject({ found: 0, moved: 0 });
  });

  it('loses nothing whichever of its steps is the last, and goes on when it is run again', async () => {
    let steps = Infinity;
    for (let last = 0; last < steps; last += 1) {
      const { source, target, contents, product } = await setUp(3);
      let done = 0;
      const killed = new Error('killed');
      const mortal = (inner: FileStorage) =>
        new Watched(inner, () => {
          if (done >= last) throw killed;
          done += 1;
        });
      const outcome = await move(mortal(source), mortal(target)).catch((error: unknown) => error);
      if (outcome !== killed) steps = last;
      await expectAll(product, contents);
      await move(source, target);
      await expectAll(target, contents);
      expect(source.contents.size).toBe(0);
    }
    expect(steps).toBeGreaterThanOrEqual(12); // look there, read, write, read back, remove: of three files
  });

  it('shows every file to the product between any two of its steps', async () => {
    const { source, target, contents, product } = await setUp(10);
    const look = () => expectAll(product, contents);
    await move(new Watched(source, look), new Watched(target, look));
    await look();
  });

  it('runs twice at once without harm', async () => {
    const { source, target, contents } = await setUp(50);
    await Promise.all([move(source, target), move(source, target)]);
    await expectAll(target, contents);
    expect(source.contents.size).toBe(0);
  });

  it('passes over a file that the product has removed before its turn', async () => {
    const { source, target, contents, product } = await setUp(20);
    const [gone] = [...contents.keys()].slice(-1);
    let first = true;
    const removing = async () => {
      if (!first) return;
      first = false;
      await product.remove(gone!);
    };
    const progress = await move(new Watched(source, removing), target);
    expect(progress).toMatchObject({ found: 20, moved: 19 });
    expect(await contentOf(product, gone!)).toBeNull();
  });

  it('does not bring back to anybody a file removed while it was copied', async () => {
    const { source, target, contents, product } = await setUp(1);
    const [[key]] = [...contents] as [[string, Buffer]];
    // The worst moment: the product has removed it everywhere, the copy is just about to be written.
    await move(source, new Watched(target, (question) => question === 'put' && product.remove(key)));
    const records = new InMemoryStoredFiles(); // its record was deleted before its bytes were
    const noDocuments = { forgetRemovedBefore: () => Promise.resolve() } as unknown;
    const twoHoursLater: Clock = { now: () => new Date(Date.now() + 7_200_000) };
    const sweep = new SweepFilesHandler(
      noDocuments as PersonalDocumentRepository,
      noDocuments as ElectronicDocumentRepository,
      records,
      product,
      twoHoursLater,
    );
    expect(target.contents.size).toBe(1);
    await sweep.execute();
    expect([source.contents.size, target.contents.size]).toEqual([0, 0]);
  });

  it('leaves both where two places hold different content under one key', async () => {
    const { source, target, contents } = await setUp(5);
    const [key] = [...contents.keys()];
    await target.put(key!, streamOf(Buffer.from('other')));
    expect(await move(source, target)).toMatchObject({ moved: 4, differing: [key] });
    expect([...source.contents.keys()]).toEqual([key]);
    expect((await contentOf(target, key!))?.toString()).toBe('other');
  });

  it('stops at a target that does not keep what it takes', async () => {
    const { source, target, contents } = await setUp(3);
    const forgetful = new Watched(target, () => undefined);
    forgetful.put = async (key, content) => {
      const written = await target.put(key, content);
      await target.put(key, streamOf(Buffer.from('rubbish')));
      return written;
    };
    await expect(move(source, forgetful)).rejects.toThrow(CopyDiffers);
    await expectAll(source, contents);
  });

  it('finishes what is under way when a storage goes away, and passes its error on', async () => {
    const { source, target, contents, product } = await setUp(40);
    let puts = 0;
    const away = (question: string) => {
      if (question === 'put' && (puts += 1) > 10) throw new StorageUnavailable(new Error('no answer'));
    };
    await expect(move(source, new Watched(target, away))).rejects.toThrow(StorageUnavailable);
    await expectAll(product, contents);
    expect(source.contents.size).toBe(30);
  });
});

describe('Two storages during a move', () => {
  it('put new files into the target and take replaced ones out of the source', async () => {
    const { source, target, contents, product } = await setUp(1);
    const [key] = [...contents.keys()];
    await product.put(randomUUID(), streamOf(Buffer.from('new')));
    await product.put(key!, streamOf(Buffer.from('replaced')));
    expect(source.contents.size).toBe(0);
    expect(target.contents.size).toBe(2);
  });

  it('find a file that is moved between the two looks', async () => {
    const { source, target, contents } = await setUp(1);
    const [[key, bytes]] = [...contents] as [[string, Buffer]];
    const product = new MovingFileStorage(target, new Watched(source, () => move(source, target)));
    expect((await contentOf(product, key))?.equals(bytes)).toBe(true);
  });

  it('find a file that is moved before its first byte is read', async () => {
    const { source, target, contents } = await setUp(1);
    const [[key, bytes]] = [...contents] as [[string, Buffer]];
    const late = new Watched(source, () => undefined);
    async function* openedLate() {
      await move(source, target);
      throw new FileNotFound();
      yield Buffer.alloc(0);
    }
    late.read = () => Promise.resolve(openedLate());
    expect((await contentOf(new MovingFileStorage(target, late), key))?.equals(bytes)).toBe(true);
  });

  it('remove from both and list both', async () => {
    const { contents, product } = await setUp(2);
    const [waiting] = [...contents.keys()];
    const added = randomUUID();
    await product.put(added, streamOf(Buffer.from('new')));
    const keys = async () => {
      const found: string[] = [];
      for await (const key of product.keysWrittenBefore(new Date(Date.now() + 1000))) found.push(key);
      return found.sort();
    };
    expect(await keys()).toEqual([...contents.keys(), added].sort());
    await product.remove(waiting!);
    await product.remove(added);
    expect(await keys()).toHaveLength(1);
  });
});
