import { createHash, randomBytes, randomUUID } from 'node:crypto';
import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { InMemoryFileStorage } from '../../../../test/support/documents-fakes.js';
import { bytesOf, streamOf } from '../../../../test/support/sample-files.js';
import { KeyRing, UndecipherableText } from '../../../platform/security/key-ring.js';
import { type FileStorage } from '../application/ports/file-storage.js';
import { ChangedContent, EncryptedFileStorage } from './encrypted-file-storage.js';
import { FileSystemFileStorage } from './file-system-file-storage.js';

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

const STORAGES: readonly (readonly [string, () => FileStorage])[] = [
  ['in memory', () => new InMemoryFileStorage()],
  ['the file system', () => new FileSystemFileStorage(folder())],
  ['the file system, encrypted', () => new EncryptedFileStorage(new FileSystemFileStorage(folder()), ring)],
];

describe.each(STORAGES)('files in %s', (_name, make) => {
  const storage = make();
  const read = async (id: string) => {
    const content = await storage.read(id);
    return content && bytesOf(content);
  };

  it.each([0, 1, 15, 16, 17, 65_536, 3_145_728])('of %d bytes come back as they were put', async (length) => {
    const id = randomUUID();
    const bytes = randomBytes(length);
    const written = await storage.put(id, streamOf(bytes, 1000));
    expect(written).toEqual({ bytes: length, sha256: createHash('sha256').update(bytes).digest('hex') });
    expect((await read(id))!.equals(bytes)).toBe(true);
  });

  it('leave nothing when the upload breaks off', async () => {
    const id = randomUUID();
    async function* broken() {
      yield await Promise.resolve(Buffer.from('half'));
      throw new Error('the line went dead');
    }
    await expect(storage.put(id, broken())).rejects.toThrow('the line went dead');
    expect(await storage.read(id)).toBeNull();
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
    const listed = async (instant: number) => {
      const keys: string[] = [];
      for await (const each of storage.keysWrittenBefore(new Date(instant))) keys.push(each);
      return keys;
    };
    expect(await listed(Date.now() + 60_000)).toContain(id);
    expect(await listed(Date.now() - 60_000)).not.toContain(id);
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
    const keys: string[] = [];
    for await (const each of storage.keysWrittenBefore(new Date(Date.now() - 1000))) keys.push(each);
    expect(keys).toEqual([]);
    expect(filesIn(path)).toHaveLength(1);
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
