import { createHash } from 'node:crypto';
import { type ContentInspector } from '../../src/contexts/documents/application/ports/content-inspector.js';
import { FileStorage } from '../../src/contexts/documents/application/ports/file-storage.js';
import { StoredFileRepository } from '../../src/contexts/documents/domain/stored-file.repository.js';
import { requireReadable, type ScanState, type StoredFile } from '../../src/contexts/documents/domain/stored-file.js';
import { FileNotFound, QuotaExceeded } from '../../src/contexts/documents/domain/stored-file.errors.js';
import { bytesOf, streamOf } from './sample-files.js';

/** Keeps files in memory; `writtenAt` tells when a key appeared. */
export class InMemoryFileStorage extends FileStorage {
  readonly contents = new Map<string, { readonly bytes: Buffer; writtenAt: Date }>();

  constructor(private readonly now: () => Date = () => new Date()) {
    super();
  }

  override async put(key: string, content: AsyncIterable<Uint8Array>): Promise<number> {
    const bytes = await bytesOf(content);
    this.contents.set(key, { bytes, writtenAt: this.now() });
    return bytes.length;
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

  override add(file: StoredFile, maxOwnerBytes: number): Promise<void> {
    const sameOwner = this.files.filter(({ ownerId }) => ownerId === file.ownerId);
    const twin = sameOwner.find(({ sha256, scan }) => sha256 === file.sha256 && scan !== 'INFECTED');
    if (twin) file.shareContentOf(twin);
    else if (this.bytesOf(sameOwner) + file.bytes > maxOwnerBytes) return Promise.reject(new QuotaExceeded());
    this.files.push(file);
    return Promise.resolve();
  }

  override ownedBy(ownerId: string, fileIds: readonly string[]): Promise<StoredFile[]> {
    return Promise.resolve(
      fileIds.flatMap((fileId) => this.files.find((file) => file.id === fileId && file.ownerId === ownerId) ?? []),
    );
  }

  override async hold(holder: string, fileIds: readonly string[]): Promise<void> {
    await Promise.resolve();
    const wanted = fileIds.map((fileId) => this.files.find(({ id }) => id === fileId));
    for (const file of wanted) if (!file) throw new FileNotFound();
    for (const file of wanted) requireReadable(file!.scan);
    for (const fileId of fileIds) this.holders.set(fileId, (this.holders.get(fileId) ?? new Set()).add(holder));
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
    return Promise.resolve(unclaimed.map(({ contentId }) => contentId));
  }

  override neededContents(contentIds: readonly string[]): Promise<string[]> {
    const needed = this.files.filter(({ scan }) => scan !== 'INFECTED').map(({ contentId }) => contentId);
    return Promise.resolve(contentIds.filter((contentId) => needed.includes(contentId)));
  }

  override contentsIn(state: ScanState, after: string | null, limit: number): Promise<string[]> {
    const contents = new Set(this.files.filter(({ scan }) => scan === state).map(({ contentId }) => contentId));
    return Promise.resolve([...contents].sort().filter((id) => after === null || id > after).slice(0, limit));
  }

  override judge(contentId: string, verdict: Exclude<ScanState, 'PENDING'>): Promise<void> {
    for (const file of this.files)
      if (file.contentId === contentId && ['PENDING', 'NOT_SCANNED'].includes(file.scan)) file.judge(verdict);
    return Promise.resolve();
  }

  private bytesOf(files: readonly StoredFile[]): number {
    const sent = (file: StoredFile) =>
      [...(this.holders.get(file.id) ?? [])].some((holder) => !holder.startsWith('draft:'));
    const counted = files.filter((file) => file.scan !== 'INFECTED' && !sent(file));
    const contents = new Map(counted.map(({ contentId, bytes }) => [contentId, bytes]));
    return [...contents.values()].reduce((sum, bytes) => sum + bytes, 0);
  }
}

/** Takes any content, or refuses all of it. */
export const inspectorSaying = (refusal: Error | null = null): ContentInspector => ({
  inspect: async (_extension, content) => {
    if (refusal) throw refusal;
    return createHash('sha256')
      .update(await bytesOf(content))
      .digest('hex');
  },
});
