import { UniqueConstraintViolationException } from '@mikro-orm/core';
import { EntityManager } from '@mikro-orm/postgresql';
import { Injectable } from '@nestjs/common';
import { type Account } from '../domain/account.js';
import { AccountRepository } from '../domain/account.repository.js';
import { type Session } from '../domain/session.js';
import { SignInCollision } from '../domain/sign-in.errors.js';
import { type SignInRecord } from '../domain/sign-in-record.js';
import { AccountMapping } from './identity.mapping.js';

@Injectable()
export class MikroOrmAccountRepository extends AccountRepository {
  constructor(private readonly em: EntityManager) {
    super();
  }

  override byOid(oid: string): Promise<Account | null> {
    return this.em.findOne(AccountMapping, { oid });
  }

  override async saveSignIn(account: Account, session: Session, record: SignInRecord): Promise<void> {
    try {
      await this.em.persist([account, session, record]).flush();
    } catch (error) {
      if (error instanceof UniqueConstraintViolationException) throw new SignInCollision();
      throw error;
    }
  }
}
