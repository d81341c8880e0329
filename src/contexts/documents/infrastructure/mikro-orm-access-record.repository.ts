import { EntityManager } from '@mikro-orm/postgresql';
import { Injectable } from '@nestjs/common';
import { type AccessRecord } from '../domain/access-record.js';
import { AccessRecordRepository } from '../domain/access-record.repository.js';

@Injectable()
export class MikroOrmAccessRecordRepository extends AccessRecordRepository {
  constructor(private readonly em: EntityManager) {
    super();
  }

  override async add(record: AccessRecord): Promise<void> {
    await this.em.persist(record).flush();
  }
}
