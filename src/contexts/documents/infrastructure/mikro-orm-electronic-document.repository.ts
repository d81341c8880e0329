import { EntityManager, UniqueConstraintViolationException } from '@mikro-orm/postgresql';
import { Injectable } from '@nestjs/common';
import { ElectronicDocumentNotFound } from '../domain/electronic-document.errors.js';
import { type ElectronicDocument } from '../domain/electronic-document.js';
import { ElectronicDocumentRepository } from '../domain/electronic-document.repository.js';
import { ElectronicDocumentMapping } from './documents.mappings.js';
import { isUuid } from './uuid.js';

@Injectable()
export class MikroOrmElectronicDocumentRepository extends ElectronicDocumentRepository {
  constructor(private readonly em: EntityManager) {
    super();
  }

  override ofSource(sourceId: string, ownerId: string): Promise<ElectronicDocument | null> {
    return this.em.findOne(ElectronicDocumentMapping, { sourceId, ownerId });
  }

  override get(id: string, ownerId: string): Promise<ElectronicDocument> {
    return this.find(id, { ownerId, removedAt: null });
  }

  override getRemoved(id: string, ownerId: string): Promise<ElectronicDocument> {
    return this.find(id, { ownerId, removedAt: { $ne: null } });
  }

  override async save(document: ElectronicDocument): Promise<void> {
    try {
      await this.em.persist(document).flush();
    } catch (error) {
      // The same source was kept by a second click that was faster; what this unit of work had loaded is forgotten.
      if (!(error instanceof UniqueConstraintViolationException)) throw error;
      this.em.clear();
    }
  }

  override async forgetRemovedBefore(instant: Date): Promise<void> {
    await this.em.execute('delete from documents.electronic_document where removed_at < ?', [instant], 'run');
  }

  private async find(id: string, where: object): Promise<ElectronicDocument> {
    const document = isUuid(id) ? await this.em.findOne(ElectronicDocumentMapping, { id, ...where }) : null;
    if (!document) throw new ElectronicDocumentNotFound();
    return document;
  }
}
