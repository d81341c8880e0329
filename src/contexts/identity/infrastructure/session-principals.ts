import { Injectable } from '@nestjs/common';
import { type FastifyRequest } from 'fastify';
import { type AccountLevel } from '../../../kernel/account-level.js';
import { Clock } from '../../../kernel/clock.js';
import { type Citizen, Principals, type StaffMember, type StaffRole } from '../../../platform/http/principal.js';
import { Sql } from '../../../platform/persistence/sql.js';
import { KeyRing } from '../../../platform/security/key-ring.js';
import { CITIZEN_COOKIE, SessionTokens, STAFF_COOKIE } from '../application/ports/session-tokens.js';
import { idleSince } from '../domain/session-lifetime.js';

/** `last_seen_at` moves at most this often: most requests only read. */
const SEEN_EVERY_MS = 60_000;

interface CitizenRow {
  readonly id: string;
  readonly last_seen_at: Date;
  readonly account_id: string;
  readonly oid: string;
  readonly level: AccountLevel;
  readonly display_name: string;
}

interface StaffRow {
  readonly id: string;
  readonly last_seen_at: Date;
  readonly staff_id: string;
  readonly name: string;
  readonly role: StaffRole;
  readonly authority_code: string | null;
  readonly authority_name: string;
}

/** Finds who stands behind a request by the cookie: one query, by the hash of its secret. */
@Injectable()
export class SessionPrincipals extends Principals {
  constructor(
    private readonly sql: Sql,
    private readonly tokens: SessionTokens,
    private readonly keyRing: KeyRing,
    private readonly clock: Clock,
  ) {
    super();
  }

  override async citizenOf(request: FastifyRequest): Promise<Citizen | null> {
    const token = request.cookies[CITIZEN_COOKIE];
    if (!token) return null;
    const now = this.clock.now();
    const row = await this.sql.one<CitizenRow>(
      `select s.id, s.last_seen_at, s.account_id, a.oid, a.level, a.display_name
         from identity.session s join identity.account a on a.id = s.account_id
        where s.token_hash = $1 and s.ended_at is null and s.expires_at > $2 and s.last_seen_at > $3`,
      [this.tokens.hashOf(token), now, idleSince(now)],
    );
    if (!row) return null;
    if (this.isDue(row.last_seen_at, now)) {
      await this.sql.query('update identity.session set last_seen_at = $2 where id = $1 and last_seen_at < $2', [
        row.id,
        now,
      ]);
    }
    return {
      accountId: row.account_id,
      sessionId: row.id,
      level: row.level,
      displayName: this.keyRing.decrypt(row.display_name),
      oid: row.oid,
    };
  }

  override async staffOf(request: FastifyRequest): Promise<StaffMember | null> {
    const token = request.cookies[STAFF_COOKIE];
    if (!token) return null;
    const now = this.clock.now();
    const row = await this.sql.one<StaffRow>(
      `select s.id, s.last_seen_at, s.staff_id, m.name, m.role, m.authority_code, m.authority_name
         from identity.staff_session s join identity.staff_account m on m.id = s.staff_id
        where s.token_hash = $1 and s.ended_at is null and s.expires_at > $2 and s.last_seen_at > $3`,
      [this.tokens.hashOf(token), now, idleSince(now)],
    );
    if (!row) return null;
    if (this.isDue(row.last_seen_at, now)) {
      await this.sql.query('update identity.staff_session set last_seen_at = $2 where id = $1 and last_seen_at < $2', [
        row.id,
        now,
      ]);
    }
    return {
      staffId: row.staff_id,
      name: row.name,
      role: row.role,
      authorityCode: row.authority_code,
      authorityName: row.authority_name,
    };
  }

  private isDue(lastSeenAt: Date, now: Date): boolean {
    return now.getTime() - lastSeenAt.getTime() >= SEEN_EVERY_MS;
  }
}
