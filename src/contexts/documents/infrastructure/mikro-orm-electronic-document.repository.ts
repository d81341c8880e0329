import { EntityManager } from '@mikro-orm/postgresql';
import { Injectable } from '@nestjs/common';
import { type ElectronicDocument } from '../domain/electronic-document.js';
import { ElectronicDocumentRepository } from '../domain/electronic-document.repository.js';
import { ElectronicDocumentMapping } from './documents.mappings.js';

@Injectable()
export class MikroOrmElectronicDocumentRepository extends ElectronicDocumentRepository {
  constructor(private readonly em: EntityManager) {
    super();
  }

  override async keepOnce(document: ElectronicDocument): Promise<void> {
    await this.em.upsert(
      ElectronicDocumentMapping,
      { ...document },
      { onConflictFields: ['ownerId', 'sourceId'], onConflictAction: 'ignore' },
    );
  }
}
