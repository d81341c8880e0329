import { randomBytes, randomUUID } from 'node:crypto';
import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { InMemoryFileStorage } from '../../../../test/support/documents-fakes.js';
import { type S3Server, startS3 } from '../../../../test/support/s3.js';
import { bytesOf, streamOf } from '../../../../test/support/sample-files.js';
import { KeyRing, UndecipherableText } from '../../../platform/security/key-ring.js';
import { type FileStorage } from '../application/ports/file-storage.js';
import { StorageUnavailable } from '../domain/stored-file.errors.js';
import { ChangedContent, EncryptedFileStorage } from './encrypted-file-storage.js';
import { FileSystemFileStorage } from './file-system-file-storage.js';
import { MovingFileStorage } from './moving-file-storage.js';
import { S3FileStorage } from './s3-file-storage.js';

const key = (id: string) => ({ id, base64: randomBytes(32).toString('base64') });
const ring = new KeyRing([key('k1')]);

const folders: string[] = [];
const folder = (): string => {
  folders.push(mkdtempSync(join(tmpdir(), 'lk-storage-')));
  return folders.at(-1)!;
};
afterAll(() => folders.forEach((path) => rmSync(path, { recursive: true, force: true })));

const filesIn = (path: string) =>
  readdirSync(path, { recursive: true, encoding: 'utf8' }).filter((name) => statSync(join(path, name)).isFile());

let s3: S3Server;
const opened: S3FileStorage[] = [];
const bucket = (): S3FileStorage => {
  opened.push(new S3FileStorage(s3.settings, folder()));
  return opened.at(-1)!;
};
beforeAll(async () => {
  s3 = await startS3();
}, 30_000);
afterAll(async () => {
  opened.forEach((storage) => storage.close());
  await s3.remove();
});

async function keysOf(storage: FileStorage, writtenBefore: number): Promise<string[]> {
  const keys: string[] = [];
  for await (const each of storage.keysWrittenBefore(new Date(writtenBefore))) keys.push(each);
  return keys;
}

const STORAGES: readonly (readonly [string, () => FileStorage])[] = [
  ['in memory', () => new InMemoryFileStorage()],
  ['the file system', () => new FileSystemFileStorage(folder())],
  ['S3', bucket],
  ['a folder on the way to S3', () => new MovingFileStorage(bucket(), new FileSystemFileStorage(folder()))],
];
const SEALED = STORAGES.map(
  ([name, make]) => [`${name}, encrypted`, () => new EncryptedFileStorage(make(), ring)] as const,
);

describe.each([...STORAGES, ...SEALED])('files in %s', (_name, make) => {
  let storage: FileStorage;
  beforeAll(() => {
    storage = make();
  });
  const read = async (id: string) => {
    const content = await storage.read(id);
    return content && bytesOf(content);
  };
  async function* broken() {
    yield await Promise.resolve(Buffer.from('half'));
    throw new Error('the line went dead');
  }

  it.each([0, 1, 15, 16, 17, 65_536, 3_145_728])('of %d bytes come back as they were put', async (length) => {
    const id = randomUUID();
    const bytes = randomBytes(length);
    expect(await storage.put(id, streamOf(bytes, 1000))).toBe(length);
    expect((await read(id))!.equals(bytes)).toBe(true);
  });

  it('leave nothing when the upload breaks off', async () => {
    const id = randomUUID();
    await expect(storage.put(id, broken())).rejects.toThrow('the line went dead');
    expect(await storage.read(id)).toBeNull();
  });

  it('are replaced whole by a put under the same key, or not at all', async () => {
    const id = randomUUID();
    const [former, next] = [randomBytes(200_000), randomBytes(150_000)];
    await storage.put(id, streamOf(former));
    await expect(storage.put(id, broken())).rejects.toThrow('the line went dead');
    expect((await read(id))!.equals(former)).toBe(true);
    expect(await storage.put(id, streamOf(next))).toBe(next.length);
    expect((await read(id))!.equals(next)).toBe(true);
  });

  it('are read on to their end while they are replaced or removed, or not to an end', async () => {
    const changes = [
      (id: string) => storage.put(id, streamOf(randomBytes(3_000_000))),
      (id: string) => storage.remove(id),
    ];
    for (const change of changes) {
      const id = randomUUID();
      const former = randomBytes(3_000_000);
      await storage.put(id, streamOf(former));
      const chunks: Uint8Array[] = [];
      const readToItsEnd = async () => {
        for await (const chunk of (await storage.read(id))!) {
          if (chunks.length === 0) await change(id);
          chunks.push(chunk);
        }
      };
      const brokeOff = await readToItsEnd().catch((error: unknown) => error);
      expect(brokeOff !== undefined || Buffer.concat(chunks).equals(former)).toBe(true);
    }
  });

  it('are gone once removed, and removing them again changes nothing', async () => {
    const id = randomUUID();
    await storage.put(id, streamOf(Buffer.from('x')));
    await storage.remove(id);
    await storage.remove(id);
    expect(await storage.read(id)).toBeNull();
  });

  it('can be read by several at once, and half', async () => {
    const id = randomUUID();
    const bytes = randomBytes(200_000);
    await storage.put(id, streamOf(bytes));
    for await (const chunk of (await storage.read(id))!) {
      expect(chunk.byteLength).toBeGreaterThan(0);
      break;
    }
    const copies = await Promise.all([read(id), read(id), read(id)]);
    expect(copies.every((copy) => copy!.equals(bytes))).toBe(true);
  });

  it('are listed by the time they were written', async () => {
    const id = randomUUID();
    await storage.put(id, streamOf(Buffer.from('x')));
    await storage.put(id, streamOf(Buffer.from('y')));
    const listed = async (instant: number) => (await keysOf(storage, instant)).filter((each) => each === id);
    expect(await listed(Date.now() + 60_000)).toEqual([id]);
    expect(await listed(Date.now() - 60_000)).toEqual([]);
  });
});

describe('the file system', () => {
  it('is not left by a key', async () => {
    const storage = new FileSystemFileStorage(folder());
    await expect(storage.put('../../../etc/passwd', streamOf(Buffer.from('x')))).rejects.toThrow(RangeError);
  });

  it('shows a file to nobody but our user', async () => {
    const path = folder();
    await new FileSystemFileStorage(path).put(randomUUID(), streamOf(Buffer.from('x')));
    const [name] = filesIn(path);
    expect(statSync(join(path, name!)).mode & 0o077).toBe(0);
  });

  it('is cleared of what a crash left half written', async () => {
    const path = folder();
    const storage = new FileSystemFileStorage(path);
    await storage.put(randomUUID(), streamOf(Buffer.from('x')));
    writeFileSync(join(path, 'incoming', 'half'), 'ha');
    utimesSync(join(path, 'incoming', 'half'), 0, 0);
    expect(await keysOf(storage, Date.now() - 1000)).toEqual([]);
    expect(filesIn(path)).toHaveLength(1);
  });

  it('keeps what is just coming in, whatever is listed', async () => {
    const storage = new FileSystemFileStorage(folder());
    const id = randomUUID();
    async function* slow() {
      yield Buffer.from('x');
      expect(await keysOf(storage, Date.now() + 60_000)).toEqual([]);
    }
    await storage.put(id, slow());
    expect(await keysOf(storage, Date.now() + 60_000)).toEqual([id]);
  });

  it('says that it is unavailable when the disk is', async () => {
    const path = join(folder(), 'a-file');
    writeFileSync(path, '');
    const storage = new FileSystemFileStorage(path);
    await expect(storage.put(randomUUID(), streamOf(Buffer.from('x')))).rejects.toThrow(StorageUnavailable);
    await expect(storage.read(randomUUID())).rejects.toThrow(StorageUnavailable);
    await expect(storage.remove(randomUUID())).rejects.toThrow(StorageUnavailable);
  });
});

describe('an encrypted file', () => {
  const setUp = async () => {
    const path = folder();
    const id = randomUUID();
    await new EncryptedFileStorage(new FileSystemFileStorage(path), ring).put(
      id,
      streamOf(Buffer.from('Паспорт 4008 123456')),
    );
    return { path, id, file: join(path, filesIn(path)[0]!) };
  };
  const readWith = async (path: string, id: string, keys: KeyRing) =>
    bytesOf((await new EncryptedFileStorage(new FileSystemFileStorage(path), keys).read(id))!);

  it('says nothing on the disk', async () => {
    const { file } = await setUp();
    expect(readFileSync(file, 'utf8')).not.toContain('4008');
  });

  it('is noticed to be changed, cut or moved', async () => {
    const { path, id, file } = await setUp();
    const bytes = readFileSync(file);
    const changed = Buffer.from(bytes);
    changed[bytes.length - 20]! ^= 1;
    writeFileSync(file, changed);
    await expect(readWith(path, id, ring)).rejects.toThrow(ChangedContent);
    writeFileSync(file, bytes.subarray(0, -1));
    await expect(readWith(path, id, ring)).rejects.toThrow(ChangedContent);
    writeFileSync(file, bytes.subarray(0, 10));
    await expect(readWith(path, id, ring)).rejects.toThrow(ChangedContent);
    writeFileSync(file, bytes);
    const other = `${id.slice(0, -12)}${id.slice(-12, -2).split('').reverse().join('')}${id.slice(-2)}`;
    writeFileSync(file.replace(id, other), bytes);
    await expect(readWith(path, other, ring)).rejects.toThrow(ChangedContent);
  });

  it('opens after a new key was put before the old one, and not without the old one', async () => {
    const first = key('k1');
    const path = folder();
    const id = randomUUID();
    await new EncryptedFileStorage(new FileSystemFileStorage(path), new KeyRing([first])).put(
      id,
      streamOf(Buffer.from('x')),
    );
    expect((await readWith(path, id, new KeyRing([key('k2'), first]))).toString()).toBe('x');
    await expect(readWith(path, id, new KeyRing([key('k2')]))).rejects.toThrow(UndecipherableText);
  });
});
