import { OptimisticLockError, UniqueConstraintViolationException } from '@mikro-orm/core';
import { EntityManager } from '@mikro-orm/postgresql';
import { Injectable } from '@nestjs/common';
import { StalePreferences } from '../domain/preferences.errors.js';
import { Preferences } from '../domain/preferences.js';
import { PreferencesRepository } from '../domain/preferences.repository.js';

@Injectable()
export class MikroOrmPreferencesRepository extends PreferencesRepository {
  constructor(private readonly em: EntityManager) {
    super();
  }

  async get(accountId: string): Promise<Preferences> {
    return (await this.em.findOne(Preferences, { accountId })) ?? Preferences.byDefault(accountId);
  }

  async save(preferences: Preferences): Promise<void> {
    try {
      await this.em.persist(preferences).flush();
    } catch (error) {
      const firstSavedTwice =
        error instanceof UniqueConstraintViolationException && error.message.includes('preferences_pkey');
      if (firstSavedTwice || error instanceof OptimisticLockError) throw new StalePreferences();
      throw error;
    }
  }
}
