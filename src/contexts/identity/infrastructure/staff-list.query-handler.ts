import { type IQueryHandler, QueryHandler } from '@nestjs/cqrs';
import { Clock } from '../../../kernel/clock.js';
import { Sql } from '../../../platform/persistence/sql.js';
import { type StaffLine, StaffListQuery } from '../application/staff-list.query.js';

interface StaffRow {
  readonly id: string;
  readonly name: string;
  readonly email: string;
  readonly role: 'CLERK' | 'ADMIN';
  readonly authority_name: string;
  readonly last_sign_in: Date | null;
  readonly locked: boolean;
}

@QueryHandler(StaffListQuery)
export class StaffListQueryHandler implements IQueryHandler<StaffListQuery> {
  constructor(
    private readonly sql: Sql,
    private readonly clock: Clock,
  ) {}

  async execute(): Promise<readonly StaffLine[]> {
    const rows = await this.sql.query<StaffRow>(
      `select id, name, email, role, authority_name, coalesce(locked_until > $1, false) as locked,
              (select max(at) from identity.sign_in where staff_id = staff_account.id and accepted) as last_sign_in
         from identity.staff_account order by authority_name, name, id`,
      [this.clock.now()],
    );
    return rows.map(({ id, name, email, role, authority_name, last_sign_in, locked }) => ({
      staffId: id,
      name,
      email,
      role,
      authorityName: authority_name,
      lastSignInAt: last_sign_in?.toISOString() ?? null,
      locked,
    }));
  }
}
