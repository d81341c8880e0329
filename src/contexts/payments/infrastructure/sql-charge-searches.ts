import { Injectable } from '@nestjs/common';
import { Sql } from '../../../platform/persistence/sql.js';
import { ChargeSearches } from '../application/ports/charge-searches.js';
import { TooManyChargeSearches } from '../domain/charge-search.errors.js';

/** §4: 10 searches in 10 minutes and 50 a day. */
const LIMITS = [
  { seconds: 600, searches: 10 },
  { seconds: 86_400, searches: 50 },
] as const;

@Injectable()
export class SqlChargeSearches extends ChargeSearches {
  constructor(private readonly sql: Sql) {
    super();
  }

  override async admit({
    accountId,
    requisiteKind,
    at,
  }: {
    accountId: string;
    requisiteKind: string;
    at: Date;
  }): Promise<void> {
    for (const { seconds, searches } of LIMITS) {
      const since = new Date(at.getTime() - seconds * 1000);
      const oldest = await this.sql.one<{ searched_at: Date }>(
        `select searched_at from payments.charge_search where account_id = $1 and searched_at > $2
         order by searched_at desc offset $3 limit 1`,
        [accountId, since, searches - 1],
      );
      if (oldest) throw new TooManyChargeSearches(Math.ceil((oldest.searched_at.getTime() - since.getTime()) / 1000));
    }
    await this.sql.query(
      'insert into payments.charge_search (account_id, requisite_kind, searched_at) values ($1, $2, $3)',
      [accountId, requisiteKind, at],
    );
  }
}
