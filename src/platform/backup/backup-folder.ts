import { createHash } from 'node:crypto';
import { createReadStream, createWriteStream, rmSync } from 'node:fs';
import { mkdir, open, readdir, readFile, rename, stat } from 'node:fs/promises';
import { basename, dirname, join, resolve } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { Obstacle } from '../config/obstacle.js';
import { BACKUP_FORMAT, type Manifest } from './manifest.js';

const MANIFEST = 'manifest.json';
/** Written last, in the format of `sha256sum -c`: what has it is whole. */
const SUMS = 'SHA256SUMS';
const KEYS = 'keys.json';
const REFUSALS: Readonly<Record<string, string>> = {
  ENOSPC: 'there is no room left',
  EDQUOT: 'the quota is used up',
  EACCES: 'this user may not write there',
  EPERM: 'this user may not write there',
  EROFS: 'it is read-only',
  ENOTDIR: 'a part of its path is not a folder',
};

/** Throws an Obstacle where the place is to blame; anything else as it is. */
export function blamingPlace(error: unknown, folder: string): unknown {
  const reason = REFUSALS[(error as NodeJS.ErrnoException).code ?? ''];
  return reason ? new Obstacle(`Cannot write the backup to ${folder}: ${reason}. Nothing is left there.`) : error;
}

/** Paths inside a backup. */
export const tableFile = (table: string): string => `tables/${table}.copy.gz`;
export const storedFile = (key: string): string => `files/${key.slice(-2)}/${key}`;

/** A backup that is being written, beside its place under a name that says so, until `finish` gives it its own. */
export class UnfinishedBackup {
  private readonly sums: string[] = [];
  private readonly folders = new Set<string>();

  private constructor(
    private readonly target: string,
    private readonly folder: string,
  ) {}

  /** Throws Obstacle when the target is taken or cannot be written. */
  static async begin(path: string): Promise<UnfinishedBackup> {
    const target = resolve(path);
    const folder = join(dirname(target), `${basename(target)}.unfinished-${process.pid}`);
    try {
      await requireFree(target);
      await mkdir(folder, { recursive: true, mode: 0o700 });
      return new UnfinishedBackup(target, folder);
    } catch (error) {
      throw blamingPlace(error, target);
    }
  }

  /** Writes one part, durably. */
  async write(part: string, content: AsyncIterable<Uint8Array> | Iterable<Uint8Array>): Promise<number> {
    const path = join(this.folder, part);
    const hash = createHash('sha256');
    let bytes = 0;
    const counted = async function* () {
      for await (const chunk of content) {
        hash.update(chunk);
        bytes += chunk.byteLength;
        yield chunk;
      }
    };
    await this.makeFolder(dirname(path));
    await pipeline(Readable.from(counted()), createWriteStream(path, { flags: 'wx', mode: 0o600, flush: true }));
    this.sums.push(`${hash.digest('hex')}  ${part}\n`);
    return bytes;
  }

  /** From here on it is a backup. `keys` is written readable by its owner alone, as everything is. */
  async finish(manifest: Manifest, keys: Readonly<Record<string, string>> | null): Promise<void> {
    if (keys) await this.write(KEYS, [Buffer.from(JSON.stringify(keys, null, 2))]);
    await this.write(MANIFEST, [Buffer.from(JSON.stringify(manifest, null, 2))]);
    const sums = this.sums.join('');
    await this.write(SUMS, [Buffer.from(sums)]);
    for (const folder of [...this.folders, this.folder]) await syncFolder(folder);
    await rename(this.folder, this.target);
    await syncFolder(dirname(this.target));
  }

  /** At once: also while the process ends. What has become a backup stays. */
  abandon(): void {
    rmSync(this.folder, { recursive: true, force: true });
  }

  private async makeFolder(path: string): Promise<void> {
    if (this.folders.has(path)) return;
    await mkdir(path, { recursive: true, mode: 0o700 });
    this.folders.add(path);
  }
}

async function syncFolder(path: string): Promise<void> {
  await using folder = await open(path, 'r');
  await folder.sync();
}

async function requireFree(target: string): Promise<void> {
  const there = await stat(target).catch((error: unknown) => {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null;
    throw error;
  });
  if (!there) return;
  if (!there.isDirectory() || (await readdir(target)).length > 0)
    throw new Obstacle(`There is something in ${target} already. Name a folder that is empty or does not exist.`);
  if (there.dev !== (await stat(dirname(target))).dev)
    throw new Obstacle(`${target} is a disk of its own. Name a folder in it that does not exist yet.`);
}

/** One part and the hash it was written with, hex. */
interface Part {
  readonly path: string;
  readonly sha256: string;
}

/** A finished backup. Nothing of it is believed before `verify`. */
export class Backup {
  private constructor(
    readonly folder: string,
    readonly manifest: Manifest,
    private readonly parts: readonly Part[],
  ) {}

  /** Throws Obstacle for what is no backup, was not finished, or is newer than this product. */
  static async read(path: string): Promise<Backup> {
    const folder = resolve(path);
    const sums = await textOf(join(folder, SUMS));
    if (sums === null) throw new Obstacle(`${folder} is not a finished backup: it has no ${SUMS}. Nothing was restored.`);
    const parts = sums.split('\n').filter(Boolean).map((line) => partOf(line));
    const listed = parts.find(({ path: part }) => part === MANIFEST);
    if (!listed) throw damaged(SUMS, 'it does not name the manifest');
    await verifyPart(folder, listed);
    const manifest = JSON.parse((await textOf(join(folder, MANIFEST))) ?? '') as Manifest;
    if (manifest.format > BACKUP_FORMAT) throw new Obstacle(`The backup was taken by a newer product (${manifest.product}). Restore it with that one.`);
    const backup = new Backup(folder, manifest, parts);
    backup.requireAllNamed();
    return backup;
  }

  /** Stored files with their hashes. */
  get files(): readonly { readonly key: string; readonly path: string; readonly sha256: string }[] {
    return this.parts
      .filter(({ path }) => path.startsWith('files/'))
      .map(({ path, sha256 }) => ({ key: basename(path), path: join(this.folder, path), sha256 }));
  }

  /** Reads every byte. Throws Obstacle naming the first part that is missing or is not what was written. */
  async verify(): Promise<void> {
    for (const part of this.parts) await verifyPart(this.folder, part);
  }

  /** The keys, when they were taken along. */
  async keys(): Promise<Readonly<Record<string, string>> | null> {
    if (!this.parts.some(({ path }) => path === KEYS)) return null;
    return JSON.parse((await textOf(join(this.folder, KEYS))) ?? '') as Record<string, string>;
  }

  /** A line that was lost from the list of parts would be a part nobody misses. */
  private requireAllNamed(): void {
    const named = new Set(this.parts.map(({ path }) => path));
    for (const { name } of this.manifest.tables)
      if (!named.has(tableFile(name))) throw damaged(SUMS, `it does not name ${tableFile(name)}`);
    const { count } = this.manifest.files;
    if (this.files.length !== count) throw damaged(SUMS, `it names ${this.files.length} stored files of ${count}`);
  }
}

const damaged = (part: string, how: string): Obstacle => new Obstacle(`The backup is damaged: ${part}: ${how}. Nothing was restored.`);

function partOf(line: string): Part {
  const [, sha256, path] = /^([0-9a-f]{64}) {2}([\w./-]+)$/.exec(line) ?? [];
  if (!sha256 || !path || path.split('/').includes('..')) throw damaged(SUMS, 'it has a line that is no hash and name');
  return { path, sha256 };
}

async function verifyPart(folder: string, { path, sha256 }: Part): Promise<void> {
  const hash = createHash('sha256');
  try {
    await pipeline(createReadStream(join(folder, path)), hash);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') throw damaged(path, 'it is missing');
    throw damaged(path, `it cannot be read (${(error as Error).message})`);
  }
  if (hash.digest('hex') !== sha256) throw damaged(path, 'it is not what was written');
}

async function textOf(path: string): Promise<string | null> {
  try {
    return await readFile(path, 'utf8');
  } catch (error) {
    if (['ENOENT', 'ENOTDIR'].includes((error as NodeJS.ErrnoException).code ?? '')) return null;
    throw error;
  }
}
