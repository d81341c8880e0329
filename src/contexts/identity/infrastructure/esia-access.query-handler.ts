import { type IQueryHandler, QueryHandler } from '@nestjs/cqrs';
import { Clock } from '../../../kernel/clock.js';
import { Sql } from '../../../platform/persistence/sql.js';
import { KeyRing } from '../../../platform/security/key-ring.js';
import { type EsiaAccess, EsiaAccessQuery } from '../application/esia-access.query.js';

@QueryHandler(EsiaAccessQuery)
export class EsiaAccessQueryHandler implements IQueryHandler<EsiaAccessQuery> {
  constructor(
    private readonly sql: Sql,
    private readonly keyRing: KeyRing,
    private readonly clock: Clock,
  ) {}

  async execute({ sessionId }: EsiaAccessQuery): Promise<EsiaAccess | null> {
    const row = await this.sql.one<{ account_id: string; oid: string; access_token: string }>(
      `select s.account_id, a.oid, s.access_token
         from identity.session s join identity.account a on a.id = s.account_id
        where s.id = $1 and s.ended_at is null and s.access_token is not null
          and s.expires_at > $2 and s.access_token_expires_at > $2`,
      [sessionId, this.clock.now()],
    );
    return row
      ? { accountId: row.account_id, oid: row.oid, accessToken: this.keyRing.decrypt(row.access_token) }
      : null;
  }
}
