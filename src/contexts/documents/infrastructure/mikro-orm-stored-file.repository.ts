import { EntityManager } from '@mikro-orm/postgresql';
import { Injectable } from '@nestjs/common';
import { FileNotFound, QuotaExceeded } from '../domain/stored-file.errors.js';
import { type KeptContent, requireReadable, type ScanState, type StoredFile } from '../domain/stored-file.js';
import { StoredFileRepository } from '../domain/stored-file.repository.js';
import { StoredFileMapping } from './documents.mappings.js';
import { isUuid } from './uuid.js';

/**
 * Nothing needs the file: no holder outside, no document (also none that can still be brought back), no decision kept. Each list is read once
 * and compared as a whole: asked file by file, a hundred thousand of them take hours.
 */
const UNNEEDED = `
  not exists (select from documents.file_hold where file_id = f.id)
  and not exists (select from (select unnest(file_ids) as file_id from documents.personal_document) attached where attached.file_id = f.id)
  and not exists (select from documents.electronic_document where file_id = f.id)
  and not exists (select from documents.electronic_document where signature_file_id = f.id)`;

/** States of files that may be sent. */
const READABLE = `'CLEAN', 'NOT_SCANNED'`;

@Injectable()
export class MikroOrmStoredFileRepository extends StoredFileRepository {
  constructor(private readonly em: EntityManager) {
    super();
  }

  override async add(file: StoredFile, maxOwnerBytes: number): Promise<void> {
    await this.em.transactional(async (em) => {
      // Two equal uploads at once wait for each other here, and so do two that would pass the limit together.
      await em.execute('select pg_advisory_xact_lock(hashtextextended(?, 0))', [`documents.files-of:${file.ownerId}`]);
      const twin = await twinOf(em, file);
      if (twin) file.shareContentOf(twin);
      else if ((await bytesOf(em, file.ownerId)) + file.bytes > maxOwnerBytes) throw new QuotaExceeded();
      em.persist(file);
    });
  }

  override async ownedBy(ownerId: string, fileIds: readonly string[]): Promise<StoredFile[]> {
    const found = await this.em.find(StoredFileMapping, { ownerId, id: { $in: fileIds.filter(isUuid) } });
    return fileIds.flatMap((fileId) => found.find(({ id }) => id === fileId) ?? []);
  }

  override async hold(holder: string, fileIds: readonly string[]): Promise<void> {
    const wanted = [...new Set(fileIds)];
    if (wanted.length === 0) return;
    const rows = await this.em.execute<{ id: string; scan: ScanState }[]>(
      `with known as (select id, scan from documents.stored_file where id = any (?::uuid[]) for key share),
       held as (insert into documents.file_hold (file_id, holder) select id, ? from known where scan in (${READABLE}) on conflict do nothing)
       select id, scan from known`,
      [`{${wanted.filter(isUuid).join(',')}}`, holder],
    );
    if (rows.length < wanted.length) throw new FileNotFound();
    for (const { scan } of rows) requireReadable(scan);
  }

  override async release(holder: string): Promise<void> {
    await this.em.execute('delete from documents.file_hold where holder = ?', [holder], 'run');
  }

  override async forgetUnclaimed(storedBefore: Date, limit: number): Promise<string[]> {
    const rows = await this.em.execute<ContentRow[]>(
      `delete from documents.stored_file where id in (
         select id from documents.stored_file f where stored_at < ? and ${UNNEEDED} order by stored_at limit ? for update of f skip locked
       ) returning content_id`,
      [storedBefore, limit],
    );
    return rows.map(contentIdOf);
  }

  override async neededContents(contentIds: readonly string[]): Promise<string[]> {
    const rows = await this.em.execute<ContentRow[]>(
      `select distinct content_id from documents.stored_file where content_id = any (?::uuid[]) and scan <> 'INFECTED'`,
      [`{${contentIds.filter(isUuid).join(',')}}`],
    );
    return rows.map(contentIdOf);
  }

  override async contentsIn(state: ScanState, after: string | null, limit: number): Promise<string[]> {
    const rows = await this.em.execute<ContentRow[]>(
      `select distinct content_id from documents.stored_file where scan = ? and (?::uuid is null or content_id > ?::uuid)
       order by content_id limit ?`,
      [state, after, after, limit],
    );
    return rows.map(contentIdOf);
  }

  /** With identities of its own: a run that goes through thousands of files forgets each as soon as it is judged. */
  override async judge(contentId: string, verdict: Exclude<ScanState, 'PENDING'>): Promise<void> {
    await this.em.transactional(
      async (em) => {
        const waiting = await em.execute<{ id: string }[]>(
          `select id from documents.stored_file where content_id = ? and scan in ('PENDING', 'NOT_SCANNED') for update`,
          [contentId],
        );
        const files = await em.find(StoredFileMapping, { id: { $in: waiting.map(({ id }) => id) } });
        for (const file of files) file.judge(verdict);
      },
      { clear: true },
    );
  }
}

interface ContentRow {
  readonly content_id: string;
}

const contentIdOf = ({ content_id }: ContentRow): string => content_id;

/** What an equal file of the owner keeps, its record locked so that the sweep passes it over until this transaction has ended. */
async function twinOf(em: EntityManager, { ownerId, sha256 }: StoredFile): Promise<KeptContent | null> {
  const [twin] = await em.execute<{ content_id: string; scan: ScanState }[]>(
    `select content_id, scan from documents.stored_file where owner_id = ? and sha256 = ? and scan <> 'INFECTED'
     order by scan, id limit 1 for share`,
    [ownerId, sha256],
  );
  return twin ? { contentId: twin.content_id, scan: twin.scan } : null;
}

async function bytesOf(em: EntityManager, ownerId: string): Promise<number> {
  const [row] = await em.execute<{ bytes: string }[]>(
    `select coalesce(sum(bytes), 0) as bytes from (
       select distinct on (content_id) bytes from documents.stored_file f
       where owner_id = ? and scan <> 'INFECTED'
         and not exists (select from documents.file_hold where file_id = f.id and holder not like 'draft:%')
     ) contents`,
    [ownerId],
  );
  return Number(row?.bytes ?? 0);
}
