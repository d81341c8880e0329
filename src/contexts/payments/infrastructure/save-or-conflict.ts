import { DeadlockException, OptimisticLockError, UniqueConstraintViolationException } from '@mikro-orm/core';
import { type EntityManager } from '@mikro-orm/postgresql';
import { ConcurrentChange } from '../domain/payment.errors.js';

/** Saves these aggregates in one transaction. When somebody else was first, forgets everything loaded, so that a retry reads anew. */
export async function saveOrConflict(em: EntityManager, aggregates: readonly object[]): Promise<void> {
  try {
    em.persist(aggregates);
    await em.flush();
  } catch (error) {
    const overtaken =
      error instanceof OptimisticLockError ||
      error instanceof UniqueConstraintViolationException ||
      error instanceof DeadlockException;
    if (!overtaken) throw error;
    em.clear();
    throw new ConcurrentChange();
  }
}
