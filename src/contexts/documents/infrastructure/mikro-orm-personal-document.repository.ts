import { type FilterQuery, OptimisticLockError, UniqueConstraintViolationException } from '@mikro-orm/core';
import { EntityManager } from '@mikro-orm/postgresql';
import { Injectable } from '@nestjs/common';
import { DocumentChanged, DocumentDuplicate, DocumentNotFound } from '../domain/personal-document.errors.js';
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

  override async ofKind(ownerId: string, kindCode: string): Promise<PersonalDocument[]> {
    const documents = await this.em.find(PersonalDocumentMapping, { ownerId, kindCode });
    return documents.filter(({ isRemoved }) => !isRemoved);
  }

  override mirrorsOf(ownerId: string): Promise<PersonalDocument[]> {
    const ofEsia = { ownerId, esiaId: { $ne: null } } as FilterQuery<PersonalDocument>;
    return this.em.find(PersonalDocumentMapping, ofEsia);
  }

  override async saveAll(documents: readonly PersonalDocument[]): Promise<void> {
    await this.em.persist([...documents]).flush();
  }

  override async save(document: PersonalDocument): Promise<void> {
    try {
      await this.em.persist(document).flush();
    } catch (error) {
      if (error instanceof OptimisticLockError) throw new DocumentChanged(document.id);
      if (error instanceof UniqueConstraintViolationException)
        throw new DocumentDuplicate(await this.firstComer(document));
      throw error;
    }
  }

  override async forgetRemovedBefore(instant: Date): Promise<number> {
    const rows = await this.em.execute<{ id: string }[]>(
      'delete from documents.personal_document where removed_at < ? returning id',
      [instant],
    );
    return rows.length;
  }

  /** Which document was saved first under the number that the database refused. */
  private async firstComer({ id, ownerId, kindCode }: PersonalDocument): Promise<string> {
    const [row] = await this.em.fork().execute<{ id: string }[]>(
      `select id from documents.personal_document
       where owner_id = ? and kind_code = ? and id <> ? and esia_id is null and removed_at is null order by added_at desc limit 1`,
      [ownerId, kindCode, id],
    );
    return row?.id ?? id;
  }

  private find(id: string, ownerId: string): Promise<PersonalDocument | null> {
    return isUuid(id) ? this.em.findOne(PersonalDocumentMapping, { id, ownerId }) : Promise.resolve(null);
  }
}
