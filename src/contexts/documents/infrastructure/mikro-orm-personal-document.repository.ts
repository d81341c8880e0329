import { type FilterQuery, OptimisticLockError } from '@mikro-orm/core';
import { EntityManager } from '@mikro-orm/postgresql';
import { Injectable } from '@nestjs/common';
import { DocumentChanged, DocumentNotFound } from '../domain/personal-document.errors.js';
import { type PersonalDocument } from '../domain/personal-document.js';
import { PersonalDocumentRepository } from '../domain/personal-document.repository.js';
import { PersonalDocumentMapping } from './documents.mappings.js';
import { isUuid } from './uuid.js';

@Injectable()
export class MikroOrmPersonalDocumentRepository extends PersonalDocumentRepository {
  constructor(private readonly em: EntityManager) {
    super();
  }

  override async get(id: string, ownerId: string): Promise<PersonalDocument> {
    const document = await this.find(id, ownerId);
    if (!document || document.isRemoved) throw new DocumentNotFound();
    return document;
  }

  override async getRemoved(id: string, ownerId: string): Promise<PersonalDocument> {
    const document = await this.find(id, ownerId);
    if (!document?.isRemoved) throw new DocumentNotFound();
    return document;
  }

  override mirrorsOf(ownerId: string): Promise<PersonalDocument[]> {
    const ofEsia = { ownerId, esiaId: { $ne: null } } as FilterQuery<PersonalDocument>;
    return this.em.find(PersonalDocumentMapping, ofEsia);
  }

  override async saveAll(documents: readonly PersonalDocument[]): Promise<void> {
    await this.em.persist([...documents]).flush();
  }

  override async save(document: PersonalDocument): Promise<void> {
    await this.em.persist(document).flush().catch(unlessChanged(document));
  }

  /** Not every one of these rules can be an index: whether a document is current depends on the day. */
  override async saveBesideOthers(document: PersonalDocument, today: string): Promise<void> {
    const { id, ownerId, kindCode } = document;
    const saving = this.em.transactional(async (em) => {
      await em.execute('select pg_advisory_xact_lock(hashtextextended(?, 0))', [`documents.documents-of:${ownerId}`]);
      const others = await em
        .fork({ keepTransactionContext: true })
        .find(PersonalDocumentMapping, { ownerId, kindCode, id: { $ne: id } });
      document.refuseBeside(others, today);
      em.persist(document);
    });
    await saving.catch(unlessChanged(document));
  }

  override async forgetRemovedBefore(removed: Date, goneWithFiles: Date): Promise<number> {
    const rows = await this.em.execute<{ id: string }[]>(
      `delete from documents.personal_document
       where removed_at < case when esia_id is not null and cardinality(file_ids) > 0 then ?::timestamptz else ?::timestamptz end returning id`,
      [goneWithFiles, removed],
    );
    return rows.length;
  }

  private find(id: string, ownerId: string): Promise<PersonalDocument | null> {
    return isUuid(id) ? this.em.findOne(PersonalDocumentMapping, { id, ownerId }) : Promise.resolve(null);
  }
}

/** Goes on with the error; as DocumentChanged when another save was faster. */
const unlessChanged =
  ({ id }: PersonalDocument) =>
  (error: unknown): never => {
    throw error instanceof OptimisticLockError ? new DocumentChanged(id) : error;
  };
