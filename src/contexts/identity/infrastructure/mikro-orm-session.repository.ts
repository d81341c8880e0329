import { EntityManager } from '@mikro-orm/postgresql';
import { Injectable } from '@nestjs/common';
import { type Session } from '../domain/session.js';
import { SessionRepository } from '../domain/session.repository.js';
import { SessionMapping } from './identity.mapping.js';

@Injectable()
export class MikroOrmSessionRepository extends SessionRepository {
  constructor(private readonly em: EntityManager) {
    super();
  }

  override byId(id: string): Promise<Session | null> {
    return this.em.findOne(SessionMapping, { id });
  }

  override byTokenHash(tokenHash: string): Promise<Session | null> {
    return this.em.findOne(SessionMapping, { tokenHash });
  }

  override async save(session: Session): Promise<void> {
    await this.em.persist(session).flush();
  }
}
