import { EntityManager } from '@mikro-orm/postgresql';
import { Injectable } from '@nestjs/common';
import { FileNotFound } from '../domain/stored-file.errors.js';
import { type StoredFile } from '../domain/stored-file.js';
import { StoredFileRepository } from '../domain/stored-file.repository.js';
import { StoredFileMapping } from './documents.mappings.js';
import { isUuid } from './uuid.js';

/** What needs a file: a holder outside, a document (also one that can still be brought back), a decision kept. */
const NEEDED = `
  exists (select from documents.file_hold where file_id = f.id)
  or exists (select from documents.personal_document where file_ids @> array[f.id])
  or exists (select from documents.electronic_document where file_id = f.id)
  or exists (select from documents.electronic_document where signature_file_id = f.id)`;

@Injectable()
export class MikroOrmStoredFileRepository extends StoredFileRepository {
  constructor(private readonly em: EntityManager) {
    super();
  }

  override async add(file: StoredFile): Promise<void> {
    await this.em.persist(file).flush();
  }

  override async ownedBy(ownerId: string, fileIds: readonly string[]): Promise<StoredFile[]> {
    const found = await this.em.find(StoredFileMapping, { ownerId, id: { $in: fileIds.filter(isUuid) } });
    return fileIds.flatMap((fileId) => found.find(({ id }) => id === fileId) ?? []);
  }

  override async bytesOf(ownerId: string): Promise<number> {
    const [row] = await this.em.execute<{ bytes: string }[]>(
      `select coalesce(sum(bytes), 0) as bytes from documents.stored_file f
       where owner_id = ? and not exists (select from documents.file_hold where file_id = f.id and holder not like 'draft:%')`,
      [ownerId],
    );
    return Number(row?.bytes ?? 0);
  }

  override async hold(holder: string, fileIds: readonly string[]): Promise<void> {
    const wanted = [...new Set(fileIds)];
    if (wanted.length === 0) return;
    const rows = await this.em.execute<{ id: string }[]>(
      `with known as (select id from documents.stored_file where id = any (?::uuid[]) for key share),
       held as (insert into documents.file_hold (file_id, holder) select id, ? from known on conflict do nothing)
       select id from known`,
      [`{${wanted.filter(isUuid).join(',')}}`, holder],
    );
    if (rows.length < wanted.length) throw new FileNotFound();
  }

  override async release(holder: string): Promise<void> {
    await this.em.execute('delete from documents.file_hold where holder = ?', [holder], 'run');
  }

  override async forgetUnclaimed(storedBefore: Date, limit: number): Promise<string[]> {
    const rows = await this.em.execute<{ id: string }[]>(
      `delete from documents.stored_file where id in (
         select id from documents.stored_file f where stored_at < ? and not (${NEEDED}) order by stored_at limit ? for update skip locked
       ) returning id`,
      [storedBefore, limit],
    );
    return rows.map(({ id }) => id);
  }

  override async known(ids: readonly string[]): Promise<string[]> {
    const rows = await this.em.execute<{ id: string }[]>(
      'select id from documents.stored_file where id = any (?::uuid[])',
      [`{${ids.filter(isUuid).join(',')}}`],
    );
    return rows.map(({ id }) => id);
  }
}
