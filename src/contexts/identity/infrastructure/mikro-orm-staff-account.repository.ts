import { UniqueConstraintViolationException } from '@mikro-orm/core';
import { EntityManager } from '@mikro-orm/postgresql';
import { Injectable } from '@nestjs/common';
import { type SignInRecord } from '../domain/sign-in-record.js';
import { type StaffAccount } from '../domain/staff-account.js';
import { StaffAlreadyRegistered } from '../domain/staff-account.errors.js';
import { StaffAccountRepository } from '../domain/staff-account.repository.js';
import { type StaffSession } from '../domain/staff-session.js';
import { StaffAccountMapping, StaffSessionMapping } from './identity.mapping.js';

@Injectable()
export class MikroOrmStaffAccountRepository extends StaffAccountRepository {
  constructor(private readonly em: EntityManager) {
    super();
  }

  override byEmail(email: string): Promise<StaffAccount | null> {
    return this.em.findOne(StaffAccountMapping, { email });
  }

  override async save(staff: StaffAccount): Promise<void> {
    try {
      await this.em.persist(staff).flush();
    } catch (error) {
      if (error instanceof UniqueConstraintViolationException) throw new StaffAlreadyRegistered();
      throw error;
    }
  }

  override async saveAttempt(
    staff: StaffAccount | null,
    session: StaffSession | null,
    record: SignInRecord,
  ): Promise<void> {
    const changed = [staff, session, record].filter((entity) => entity !== null);
    await this.em.persist(changed).flush();
  }

  override sessionByTokenHash(tokenHash: string): Promise<StaffSession | null> {
    return this.em.findOne(StaffSessionMapping, { tokenHash });
  }

  override async saveSession(session: StaffSession): Promise<void> {
    await this.em.persist(session).flush();
  }
}
