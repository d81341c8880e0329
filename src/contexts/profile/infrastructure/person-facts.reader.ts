import { Injectable } from '@nestjs/common';
import { Sql } from '../../../platform/persistence/sql.js';
import { KeyRing } from '../../../platform/security/key-ring.js';
import { type ProfileView } from '../application/profile.query.js';
import { type PersonFacts } from '../domain/person-facts.js';

/** Reads the stored mirror of a person: the one SELECT behind every question about them. */
@Injectable()
export class PersonFactsReader {
  constructor(
    private readonly sql: Sql,
    private readonly keys: KeyRing,
  ) {}

  async find(accountId: string): Promise<ProfileView | null> {
    const row = await this.sql.one<{ facts: string; refreshed_at: Date }>(
      'select facts, refreshed_at from profile.person where account_id = $1',
      [accountId],
    );
    return row && { facts: JSON.parse(this.keys.decrypt(row.facts)) as PersonFacts, refreshedAt: row.refreshed_at };
  }
}
