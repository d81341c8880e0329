import { createHash } from 'node:crypto';
import { type ContentInspector } from '../../src/contexts/documents/application/ports/content-inspector.js';
import { FileStorage, type WrittenContent } from '../../src/contexts/documents/application/ports/file-storage.js';
import { StoredFileRepository } from '../../src/contexts/documents/domain/stored-file.repository.js';
import { type StoredFile } from '../../src/contexts/documents/domain/stored-file.js';
import { FileNotFound } from '../../src/contexts/documents/domain/stored-file.errors.js';
import { bytesOf, streamOf } from './sample-files.js';

/** Keeps files in memory; `writtenAt` tells when a key appeared. */
export class InMemoryFileStorage extends FileStorage {
  readonly contents = new Map<string, { readonly bytes: Buffer; writtenAt: Date }>();

  constructor(private readonly now: () => Date = () => new Date()) {
    super();
  }

  override async put(key: string, content: AsyncIterable<Uint8Array>): Promise<WrittenContent> {
    const bytes = await bytesOf(content);
    this.contents.set(key, { bytes, writtenAt: this.now() });
    return { bytes: bytes.length, sha256: createHash('sha256').update(bytes).digest('hex') };
  }

  override read(key: string): Promise<AsyncIterable<Uint8Array> | null> {
    const found = this.contents.get(key);
    return Promise.resolve(found ? streamOf(found.bytes) : null);
  }

  override remove(key: string): Promise<void> {
    this.contents.delete(key);
    return Promise.resolve();
  }

  override async *keysWrittenBefore(instant: Date): AsyncIterable<string> {
    await Promise.resolve();
    for (const [key, { writtenAt }] of this.contents) if (writtenAt < instant) yield key;
  }
}

/** Records of files without a database; `holders` by file, `needed` for what documents would hold. */
export class InMemoryStoredFiles extends StoredFileRepository {
  readonly files: StoredFile[] = [];
  readonly holders = new Map<string, Set<string>>();

  override add(file: StoredFile): Promise<void> {
    this.files.push(file);
    return Promise.resolve();
  }

  override ownedBy(ownerId: string, fileIds: readonly string[]): Promise<StoredFile[]> {
    return Promise.resolve(
      fileIds.flatMap((fileId) => this.files.find((file) => file.id === fileId && file.ownerId === ownerId) ?? []),
    );
  }

  override bytesOf(ownerId: string): Promise<number> {
    const sent = (file: StoredFile) =>
      [...(this.holders.get(file.id) ?? [])].some((holder) => !holder.startsWith('draft:'));
    const counted = this.files.filter((file) => file.ownerId === ownerId && !sent(file));
    return Promise.resolve(counted.reduce((sum, { bytes }) => sum + bytes, 0));
  }

  override hold(holder: string, fileIds: readonly string[]): Promise<void> {
    if (!fileIds.every((fileId) => this.files.some(({ id }) => id === fileId)))
      return Promise.reject(new FileNotFound());
    for (const fileId of fileIds) this.holders.set(fileId, (this.holders.get(fileId) ?? new Set()).add(holder));
    return Promise.resolve();
  }

  override release(holder: string): Promise<void> {
    for (const [fileId, holders] of this.holders)
      if (holders.delete(holder) && holders.size === 0) this.holders.delete(fileId);
    return Promise.resolve();
  }

  override forgetUnclaimed(storedBefore: Date, limit: number): Promise<string[]> {
    const unclaimed = this.files
      .filter((file) => file.storedAt < storedBefore && !this.holders.has(file.id))
      .slice(0, limit);
    for (const file of unclaimed) this.files.splice(this.files.indexOf(file), 1);
    return Promise.resolve(unclaimed.map(({ id }) => id));
  }

  override known(ids: readonly string[]): Promise<string[]> {
    return Promise.resolve(ids.filter((id) => this.files.some((file) => file.id === id)));
  }
}

/** Takes any content, or refuses all of it. */
export const inspectorSaying = (refusal: Error | null = null): ContentInspector => ({
  inspect: () => (refusal ? Promise.reject(refusal) : Promise.resolve()),
});
