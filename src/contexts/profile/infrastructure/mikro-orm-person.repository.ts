import { OptimisticLockError, UniqueConstraintViolationException } from '@mikro-orm/core';
import { EntityManager } from '@mikro-orm/postgresql';
import { Injectable } from '@nestjs/common';
import { AlreadyRefreshed } from '../domain/person.errors.js';
import { Person } from '../domain/person.js';
import { PersonRepository } from '../domain/person.repository.js';

@Injectable()
export class MikroOrmPersonRepository extends PersonRepository {
  constructor(private readonly em: EntityManager) {
    super();
  }

  find(accountId: string): Promise<Person | null> {
    return this.em.findOne(Person, { accountId });
  }

  async save(person: Person): Promise<void> {
    try {
      await this.em.persist(person).flush();
    } catch (error) {
      const firstReadTwice =
        error instanceof UniqueConstraintViolationException && error.message.includes('person_pkey');
      if (firstReadTwice || error instanceof OptimisticLockError) throw new AlreadyRefreshed();
      throw error;
    }
  }
}
